"""Taking up what a killed process left: the state of the rows says what is to be done."""

from datetime import timedelta

from django.db.models import Q

from yidang.holdings.models import Item, ItemState, Page
from yidang.intake import jobs
from yidang.intake.models import Accession, AccessionState, FileKind, FileOutcome
from yidang.intake.operations import filing
from yidang.intake.operations.planning import unread_groups
from yidang.kernel import clock

PATIENCE = timedelta(seconds=20)  # a batch just enqueued is not forgotten yet


def resume_unfinished() -> int:
    """Enqueues the work that open accessions still need and no job stands for; the number of jobs set going."""
    filing.settle_left_behind()
    accessions = Accession.objects.filter(state=AccessionState.PROCESSING, closed_at__lt=clock.now() - PATIENCE)
    busy = _busy()
    return sum(_resume(accession, busy) for accession in accessions)


def _resume(accession: Accession, busy: set[tuple[str, str]]) -> int:
    key = str(accession.pk)
    if {("intake.unfold", key), ("intake.read_groups", key)} & busy:
        return 0
    unopened = accession.files.filter(outcome=FileOutcome.RECEIVED, group=None).exists()
    sheets = accession.files.filter(outcome=FileOutcome.RECEIVED, kind=FileKind.ARCHIVE).exists()
    if unopened or sheets or accession.rows.filter(group=None, item=None, code="").exists():
        jobs.defer("unfold", once=True, accession=key)
        return 1
    groups = unread_groups(accession)
    for number in groups:
        jobs.defer("read_groups", once=True, accession=key, first=number, last=number)
    pages = _forgotten_pages(accession, busy)
    jobs.defer_many("read_page", [{"page": page} for page in pages])
    if ("intake.file_ready", key) not in busy:
        jobs.defer("file_ready", once=True, accession=key)
    return len(groups) + len(pages) + 1


def _forgotten_pages(accession: Accession, busy: set[tuple[str, str]]) -> list[str]:
    """Unread pages, and the last page of an item whose reader died between the page and the description."""
    items = Item.objects.filter(accession=accession.pk, state=ItemState.READING)
    pages = Page.objects.filter(item__in=items)
    unread = {str(pk) for pk in pages.filter(is_read=False).values_list("pk", flat=True)}
    ended = items.exclude(pages__is_read=False).filter(Q(document_type="") | Q(confidence=None), is_paper_only=False)
    first = Page.objects.filter(item__in=ended, number=1).values_list("pk", flat=True)
    return sorted(page for page in unread | {str(pk) for pk in first} if ("ocr", page) not in busy)


def _busy() -> set[tuple[str, str]]:
    """(task, accession) and ("ocr", page) of every job that waits or runs."""
    from procrastinate.contrib.django.models import ProcrastinateJob

    rows = ProcrastinateJob.objects.filter(status__in=("todo", "doing"), task_name__startswith="intake.")
    busy: set[tuple[str, str]] = set()
    for name, arguments in rows.values_list("task_name", "args"):
        is_page = name == "intake.read_page"
        busy.add(("ocr", arguments["page"]) if is_page else (name, arguments["accession"]))
    return busy
