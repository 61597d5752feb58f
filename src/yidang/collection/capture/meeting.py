"""Paper and electronic parts of one case meet in one item 双轨, whichever comes first."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from yidang.collection.capture import asking, cases, checklist
from yidang.collection.capture.cases import MARK
from yidang.collection.capture.models import Case
from yidang.holdings.description import Description, Field
from yidang.holdings.models import Item, ItemState
from yidang.holdings.operations import extend_item
from yidang.holdings.queries import description as description_of
from yidang.identity.policy import system_grant
from yidang.intake.joining import joins
from yidang.intake.models import Accession, PageMark, ReceivedFile
from yidang.intake.operations import marks
from yidang.kernel import clock
from yidang.kernel.errors import Conflict
from yidang.ledger.operations import append

GRANT = system_grant("collection")
_ELECTRONIC = ("api", "folder", "counter")  # a picture taken at the counter leaves the paper with who brought it
_REASON = "同一案件的纸质与电子材料归入一件"
_DRAFTS = (ItemState.READING, ItemState.WAITING)


def register() -> None:
    joins(meet)


def meet(drafts: Sequence[UUID]) -> Mapping[UUID, UUID | None]:
    """Drafts that belong to a case whose item stands already become part of it; the first draft of a case is its item.

    None where the item is still being read: the draft waits for it.
    """
    found: dict[UUID, UUID | None] = {}
    items = Item.objects.filter(pk__in=drafts, state__in=_DRAFTS).select_related("series")
    for draft in items:
        case = _case_of(draft)
        if case is None:
            continue
        target = _claim(case.pk, draft)
        if target != draft.pk:
            found[draft.pk] = _join(case, draft, target)
    return found


def _case_of(draft: Item) -> Case | None:
    """By the accession it came with, by the code on its pages, or by the number its catalogue row gives."""
    came_with = Q(accession=draft.accession) | Q(sittings__accession=draft.accession)
    filed = Case.objects.filter(came_with).first() if draft.accession else None
    return filed or _marked(draft) or _numbered(draft)


def _marked(draft: Item) -> Case | None:
    if not PageMark.objects.filter(accession=draft.accession, is_separator=False).exists():
        return None
    values = [mark.value.removeprefix(MARK) for mark in marks.marks_of(draft) if mark.value.startswith(MARK)]
    return (cases.case_named(values[0]) or _open_by_paper(draft, values[0])) if values else None


def _numbered(draft: Item) -> Case | None:
    """Only what a person or a catalogue says: a number misread from a page joins nothing."""
    if not Case.objects.exists():
        return None
    said = description_of(draft).fields.get("document_number")
    return cases.case_named(str(said.value)) if said and said.source in {"catalogue", "person"} else None


@transaction.atomic
def _open_by_paper(draft: Item, number: str) -> Case | None:
    """Paper that came before its system filed the case."""
    if Case.objects.filter(digest=cases.digest_of(number)).exists():
        return None
    case = Case(
        digest=cases.digest_of(number),
        series=draft.series,
        year=draft.year,
        institution=draft.institution,
        has_paper=True,
        received_at=clock.now(),
    )
    case.sealed = cases.seal_words(case, cases.Words(number=number))
    case.save(force_insert=True)
    append(action="case.received", actor=GRANT.actor, subject=case.pk, facts={"files": 0, "carrier": "paper"})
    return case


@transaction.atomic
def _claim(case_id: UUID, draft: Item) -> UUID:
    """Which item the case's parts meet in: this draft, when no other stands for it yet."""
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    if case.item is not None and Item.objects.filter(pk=case.item).exists():
        return case.item
    case.item = draft.pk
    case.save(update_fields=["item"])
    return draft.pk


def _came_electronic(draft: Item) -> bool:
    if draft.accession is None:
        return False
    return Accession.objects.filter(pk=draft.accession, channel__in=_ELECTRONIC).exists()


def _join(case: Case, draft: Item, target: UUID) -> UUID | None:
    item = Item.objects.filter(pk=target, state=ItemState.FILED).first()
    if item is None:
        return None
    files = list(ReceivedFile.objects.filter(item=draft).values_list("pk", flat=True))
    ReceivedFile.objects.filter(pk__in=files).update(item=item)
    comes_by_paper = not _came_electronic(draft)
    title, fields = description_of(draft).title, _described(item, draft, is_paper=comes_by_paper)
    try:
        extend_item(GRANT, item_id=target, draft_id=draft.pk, reason=_REASON, fields=fields)
    except Conflict:
        ReceivedFile.objects.filter(pk__in=files).update(item=draft)
        return None
    _note(case, target, title=title, pages=draft.page_count, is_paper=comes_by_paper)
    return target


def _described(item: Item, draft: Item, *, is_paper: bool) -> dict[str, Field | None]:
    """Both carriers; and what the electronic case says of itself, where the paper came first."""
    ours, theirs = description_of(item), description_of(draft)
    is_first_word = not is_paper and not ours.text("process")
    fields: dict[str, Field | None] = dict(_said(theirs)) if is_first_word else {}
    one = ours.text("carrier") or ("" if is_paper else f"{cases.PAPER}（{item.page_count} 页）")
    other = f"{cases.PAPER}（{draft.page_count} 页）" if is_paper else cases.ELECTRONIC
    carriers = list(dict.fromkeys(filter(None, [one or cases.ELECTRONIC, other])))
    return fields | {"carrier": Field("；".join(carriers), source="catalogue")}


def _said(description: Description) -> Mapping[str, Field]:
    return {key: field for key, field in description.fields.items() if field.source == "catalogue"}


@transaction.atomic
def _note(case: Case, item: UUID, *, title: str, pages: int, is_paper: bool) -> None:
    locked = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    locked.has_paper = locked.has_paper or is_paper
    locked.has_electronic = locked.has_electronic or not is_paper
    locked.save(update_fields=["has_paper", "has_electronic"])
    append(action="case.joined", actor=GRANT.actor, subject=case.pk, facts={"item": str(item), "pages": pages})
    checklist.tick(locked, [title])
    asking.close_if_whole(locked, actor=GRANT.actor)


def settle_cases() -> int:
    """Cases whose item was filed without anybody asking here: the item is remembered with the case."""
    waiting = Case.objects.filter(item=None, accession__isnull=False)
    count = 0
    for case in waiting:
        item = Item.objects.filter(accession=case.accession_id).order_by("created_at").first()
        if item is not None:
            count += Case.objects.filter(pk=case.pk, item=None).update(item=item.pk)
    return count
