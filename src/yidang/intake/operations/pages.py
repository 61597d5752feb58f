"""Pages that must be recognised, one job each; the last one of an item describes it."""

import logging
from collections.abc import Sequence
from contextlib import closing
from uuid import UUID

from django.db import DatabaseError, transaction

from yidang.holdings.drafts import PageProperties
from yidang.holdings.models import Item, ItemState, Page
from yidang.holdings.operations import describe, discard_drafts, save_reading
from yidang.holdings.queries import description as description_of
from yidang.holdings.queries import page_readings
from yidang.holdings.reading import PageReading
from yidang.identity.policy import system_grant
from yidang.intake import jobs, turns
from yidang.intake.errors import Refused
from yidang.intake.limits import LIMITS
from yidang.intake.models import Accession, CatalogueRow, FileOutcome, PageTurn, ReceivedFile
from yidang.intake.operations import describing, filing, marks, watch
from yidang.intake.operations.cataloguing import is_catalogue_missing
from yidang.intake.operations.quarantining import set_aside
from yidang.intake.reading.facts import PageFacts
from yidang.intake.reading.pages import load_pages
from yidang.intake.reading.reader import read_page as recognise
from yidang.intake.sealed import full_path, values_of
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound, Unavailable
from yidang.preservation.content import open_content

log = logging.getLogger(__name__)
GRANT = system_grant("intake")


def read_page(*, page_id: UUID) -> None:
    """Reads one page of a draft. Safe to repeat; a page that is read or gone is left alone."""
    page = Page.objects.filter(pk=page_id).select_related("file", "item").first()
    if page is None or page.item.state != ItemState.READING:
        return
    try:
        if not page.is_read and not _recognise(page):
            return
        _end_item(page.item_id)
    except (NotFound, Conflict):
        return  # the item was set aside, split or filed meanwhile


def _recognise(page: Page) -> bool:
    """False when the file was set aside instead."""
    try:
        _take_turn(page)
        reading, facts = _read(page)
    except (Unavailable, DatabaseError):
        turns.give_back(PageTurn.objects.filter(page=page.pk))  # not the page's fault
        raise
    except Invalid as problem:
        set_item_aside(page.item, page, problem)
        return False
    with transaction.atomic():
        save_reading(page_id=page.pk, reading=reading, properties=properties_of(facts))
        marks.note(page, facts.barcodes, is_bare=_is_bare(reading))
        PageTurn.objects.filter(page=page.pk).delete()
    return True


def _read(page: Page) -> tuple[PageReading, PageFacts]:
    """What the engines cannot read, for whatever reason of their own, a person will: the page stays, without text."""
    try:
        with (
            watch.watched(watch.PAGE_SECONDS),
            closing(load_pages(open_content(page.file.locator), page.file.media_type)) as pages,
        ):
            return recognise(pages[page.index_in_file])
    except (DomainError, DatabaseError):
        raise
    except Exception as problem:  # noqa: BLE001 - engines throw whatever they like
        log.warning("An engine failed with %s on page %s", type(problem).__name__, page.pk)
        return PageReading(), PageFacts(page.width, page.height, page.dpi, confidence=0.0)


def _take_turn(page: Page) -> None:
    turn, _ = PageTurn.objects.get_or_create(page=page.pk)
    if turns.is_worn(turn):
        raise Refused("file_ends_reader", times=LIMITS.attempts)
    turns.begin(PageTurn.objects.filter(page=page.pk))


def _is_bare(reading: PageReading) -> bool:
    return len("".join(line.text for line in reading.lines)) <= marks.LONGEST_SHEET_TEXT


def properties_of(facts: PageFacts) -> PageProperties:
    return PageProperties(
        width=facts.width,
        height=facts.height,
        dpi=facts.dpi,
        rotation=facts.rotation,
        skew=facts.skew,
        is_blank=facts.is_blank,
        has_seal=facts.has_seal,
        text_origin=facts.text_origin,
        confidence=facts.confidence,
    )


@transaction.atomic
def set_item_aside(item: Item, page: Page, problem: DomainError) -> None:
    """The file with the bad page goes to quarantine; other files of the item are read again without it."""
    files = list(ReceivedFile.objects.filter(item=item, outcome=FileOutcome.READING))
    bad = [file for file in files if page.file.locator == f"staged:{file.staged}"]
    facts = {"page": page.index_in_file + 1, **problem.facts}
    set_aside([(file, problem.code, facts) for file in bad])
    rest = [file for file in files if file not in bad]
    for file in rest:
        file.outcome, file.item = FileOutcome.RECEIVED, None
        file.attempts = file.begun = 0
    ReceivedFile.objects.bulk_update(rest, ["outcome", "item", "attempts", "begun"])
    CatalogueRow.objects.filter(item=item).update(item=None)
    accession = item.accession
    discard_drafts(GRANT, [item.pk])
    for file in rest[:1]:
        jobs.defer("read_groups", accession=str(accession), first=file.group or 0, last=file.group or 0)
    jobs.defer("file_ready", once=True, accession=str(accession))


def _end_item(item_id: UUID) -> None:
    """Once every page is read: sheets between records are taken out, each item described and sent on."""
    with transaction.atomic():
        item = Item.objects.select_for_update().filter(pk=item_id, state=ItemState.READING).first()
        if item is None or item.pages.filter(is_read=False).exists():
            return
        parts = marks.part(item)
        for part in parts:
            describe_item(part)
        if item.accession:
            jobs.defer("file_ready", once=True, accession=str(item.accession))


def describe_item(item: Item) -> Item:
    """Type, fields and confidence of a draft whose pages are all read; the unsure wait for a person."""
    described = _described(item)
    updated = describe(
        item_id=item.pk,
        description=described.description,
        by=GRANT.actor,
        document_type=described.document_type,
        confidence=described.confidence,
    )
    if not filing.is_sure(updated):
        filing.settle_waiting([item.pk])
    return updated


def _described(item: Item) -> describing.Described:
    files = list(ReceivedFile.objects.filter(item=item).exclude(outcome=FileOutcome.DUPLICATE).order_by("ordinal"))
    row = CatalogueRow.objects.filter(item=item).first()
    name = full_path(files[0]) if files else "?"
    described = describing.describe_text(page_readings(item), values_of(row) if row else {}, name)
    described = describing.keep_persons(described, description_of(item))
    if _is_held(item, files):
        return describing.Described(described.description, described.document_type, 0.0)
    return described


def _is_held(item: Item, files: Sequence[ReceivedFile]) -> bool:
    """A page of it is in quarantine, or its accession's catalogue is."""
    accession = Accession.objects.filter(pk=item.accession).first() if item.accession else None
    if accession is None:
        return False
    groups = [file.group for file in files]
    is_torn = accession.files.filter(group__in=groups, outcome=FileOutcome.QUARANTINED).exists()
    return is_torn or is_catalogue_missing(accession)
