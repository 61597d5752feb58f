"""From drafts to filed items, and from there to the end of the accession."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet

from yidang.holdings.models import Item, ItemFile, ItemState, Page
from yidang.holdings.operations import await_confirmation, file_items
from yidang.identity.policy import Grant, system_grant
from yidang.intake import joining
from yidang.intake.checking import begin
from yidang.intake.models import Accession, AccessionState, FileOutcome, ReceivedFile
from yidang.kernel import clock
from yidang.ledger.operations import append
from yidang.preservation import staging
from yidang.preservation.content import staged

GRANT = system_grant("intake")
BATCH = 100
OPEN = (FileOutcome.UPLOADING, FileOutcome.RECEIVED, FileOutcome.READING)


def is_sure(item: Item) -> bool:
    return item.confidence is not None and item.confidence >= settings.YIDANG.filing_confidence


def file_ready(*, accession_id: UUID) -> None:
    """Files every item of an accession that is read and sure, and ends the accession when nothing is open."""
    accession = Accession.objects.get(pk=accession_id)
    settle_left_behind()
    file_those_ready(accession, _ready(accession).values_list("pk", flat=True))


def _ready(accession: Accession) -> QuerySet[Item]:
    """Read and sure, or caught in the middle of filing."""
    unread = Page.objects.filter(item=OuterRef("pk"), is_read=False)
    drafts = Item.objects.filter(accession=accession.pk, state__in=(ItemState.READING, ItemState.FILING))
    sure = drafts.filter(confidence__gte=settings.YIDANG.filing_confidence)
    return sure.exclude(Exists(unread)).order_by("working_number")


def file_those_ready(accession: Accession, items: Iterable[UUID]) -> None:
    wanted = set(items)
    ready = [pk for pk in _ready(accession).values_list("pk", flat=True) if pk in wanted] if wanted else []
    for start in range(0, len(ready), BATCH):
        file_batch(GRANT, ready[start : start + BATCH])
    finish(accession)


def file_batch(grant: Grant, items: Sequence[UUID]) -> list[Item]:
    """Files items and settles their files; what could not be filed waits for a person.

    A draft that became part of a filed item is answered by that item.
    """
    elsewhere = joining.joined(items)
    filed = file_items(grant, [pk for pk in items if pk not in elsewhere])
    grown = list(Item.objects.filter(pk__in=[pk for pk in elsewhere.values() if pk]))
    done = {item.pk for item in filed} | {draft for draft, item in elsewhere.items() if item}
    settle_filed({item.pk for item in (*filed, *grown)})
    settle_waiting([pk for pk in items if pk not in done])
    return [*filed, *grown]


@transaction.atomic
def settle_filed(items: Collection[UUID]) -> None:
    files = ReceivedFile.objects.filter(item__in=items).exclude(outcome=FileOutcome.DUPLICATE)
    rows = list(files.filter(outcome__in=(FileOutcome.READING, FileOutcome.WAITING)))
    files.filter(pk__in=[file.pk for file in rows]).update(outcome=FileOutcome.ACCEPTED)
    drop_staged(rows)


@transaction.atomic
def settle_waiting(items: Collection[UUID]) -> None:
    if not items:
        return
    await_confirmation(list(items))
    ReceivedFile.objects.filter(item__in=items, outcome=FileOutcome.READING).update(outcome=FileOutcome.WAITING)


def settle_left_behind() -> int:
    """Files whose item went on while whoever should have told them was killed; how many there were."""
    behind = ReceivedFile.objects.filter(outcome__in=(FileOutcome.READING, FileOutcome.WAITING))
    filed = set(behind.filter(item__state=ItemState.FILED).values_list("item", flat=True))
    settle_filed(filed)
    waiting = behind.filter(outcome=FileOutcome.READING, item__state=ItemState.WAITING)
    return len(filed) + waiting.update(outcome=FileOutcome.WAITING)


def drop_staged(files: Sequence[ReceivedFile]) -> None:
    """After commit, bytes that stand in the store by now; not those another draft still points at."""
    ids = [file.staged for file in files if file.staged]
    if ids:
        transaction.on_commit(lambda: _delete_unused(ids))


def _delete_unused(ids: Sequence[str]) -> None:
    locators = [staged(one) for one in ids]
    used = set(ItemFile.objects.filter(locator__in=locators).values_list("locator", flat=True))
    staging.delete_many(one for one in ids if staged(one) not in used)


@transaction.atomic
def finish(accession: Accession) -> bool:
    """Ends the accession when every file has its outcome."""
    row = Accession.objects.select_for_update().get(pk=accession.pk)
    if row.state != AccessionState.PROCESSING or _is_open(row):
        return False
    row.state, row.done_at = AccessionState.DONE, clock.now()
    row.save(update_fields=["state", "done_at"])
    counts = dict(row.files.values_list("outcome").annotate(n=Count("pk")).order_by())
    append(
        action="accession.done",
        actor=GRANT.actor,
        subject=row.pk,
        facts={"number": row.number, **{outcome: counts.get(outcome, 0) for outcome in sorted(counts)}},
    )
    begin(row)
    return True


def _is_open(accession: Accession) -> bool:
    if accession.files.filter(outcome__in=OPEN).exists():
        return True
    drafts = Item.objects.filter(accession=accession.pk, state__in=(ItemState.READING, ItemState.FILING))
    return drafts.exists() or accession.rows.filter(item=None).exclude(group=None).filter(code="").exists()
