"""Choosing the records, and the head's word: a transfer is a hold from its proposal until its receipt."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, QuerySet, Sum

from yidang.disposition.transfers import ports
from yidang.disposition.transfers.due import due_items
from yidang.disposition.transfers.models import Transfer, TransferItem, TransferState
from yidang.disposition.transfers.states import state_of
from yidang.disposition.transfers.terms import term_of
from yidang.holdings.models import Hold, Item, ItemState
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock, reference_code
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.preservation.packages import FORMS

ROOM = "transfer"
MOST_ITEMS = 2000
_LONGEST = 120


@transaction.atomic
def propose_due(
    grant: Grant, *, level: str, groups: Sequence[tuple[str, int]], receiver: str, form: str, keeping: str
) -> Transfer:
    """To the state archive: what is due of these series and years, up to 2,000 records.

    Raises:
        Invalid: `transfer_nothing_chosen`, `transfer_words_missing`. Conflict: `transfer_under_way`.
    """
    grant.require(Permission.TRANSFER_RECORDS)
    due = due_items(grant, term_of(level))
    wanted = [due.filter(series=series, year=year) for series, year in groups]
    chosen = wanted[0].union(*wanted[1:]) if wanted else due.none()
    ids = [item.pk for item in chosen]
    return _propose(grant, ids, kind=Transfer.Kind.STATE_ARCHIVE, receiver=receiver, form=form, keeping=keeping)


@transaction.atomic
def propose_named(grant: Grant, *, codes: Sequence[str], receiver: str, form: str, keeping: str) -> Transfer:
    """To another bureau: the records named by 档号. Raises NotFound: `item_not_found`, and as `propose_due`."""
    grant.require(Permission.TRANSFER_RECORDS)
    ids = [_named(grant, code.strip()) for code in codes if code.strip()]
    return _propose(grant, ids, kind=Transfer.Kind.BUREAU, receiver=receiver, form=form, keeping=keeping)


def _named(grant: Grant, code: str) -> UUID:
    spellings = {code, reference_code.completed(code)}
    found = visible_items(grant).filter(reference_code__in=spellings, state=ItemState.FILED).first()
    if found is None:
        raise NotFound("item_not_found", item=code[:_LONGEST])
    return found.pk


def _propose(grant: Grant, ids: Sequence[UUID], *, kind: str, receiver: str, form: str, keeping: str) -> Transfer:
    _check(receiver, form, keeping)
    failing = ports.failing()
    items = list(_with_sizes(grant, [one for one in dict.fromkeys(ids) if one not in failing][:MOST_ITEMS]))
    if not items:
        raise Invalid("transfer_nothing_chosen")
    made = Transfer.objects.create(
        kind=kind,
        receiver=receiver.strip()[:_LONGEST],
        form=form,
        keeping=keeping,
        proposed_by_id=grant.person,
        proposed_at=clock.now(),
    )
    _lay_down(made, items)
    facts = {
        "number": made.name,
        "kind": kind,
        "receiver": made.receiver,
        "form": form,
        "keeping": keeping,
        "items": len(items),
    }
    append(action="transfer.proposed", actor=grant.actor, subject=made.id, facts=facts)
    return made


def _check(receiver: str, form: str, keeping: str) -> None:
    if not receiver.strip() or form not in FORMS or keeping not in Transfer.Keeping.values:
        raise Invalid("transfer_words_missing")


def _with_sizes(grant: Grant, ids: Sequence[UUID]) -> QuerySet[Item]:
    locked = visible_items(grant).filter(pk__in=ids, state=ItemState.FILED).select_for_update(of=("self",))
    list(locked.values_list("pk", flat=True))  # so that none is destroyed between here and its hold
    counted = Item.objects.filter(pk__in=ids, state=ItemState.FILED)
    return counted.annotate(n_files=Count("files"), bytes=Sum("files__size")).order_by("series", "year", "pk")


def _lay_down(made: Transfer, items: Sequence[Item]) -> None:
    """Raises Conflict: `transfer_under_way` when one of them is on another transfer."""
    lines = [
        TransferItem(
            transfer=made,
            ordinal=ordinal,
            item=item.pk,
            reference_code=item.reference_code or "",
            series_id=item.series_id,
            year=item.year,
            term=item.term,
            document_type=item.document_type,
            page_count=item.page_count,
            file_count=item.n_files,  # type: ignore[attr-defined]
            size=item.bytes or 0,  # type: ignore[attr-defined]
        )
        for ordinal, item in enumerate(items, start=1)
    ]
    at = clock.now()
    holds = [Hold(item=item, room=ROOM, reason_code=ROOM, placed_at=at, reference=made.id) for item in items]
    try:
        with transaction.atomic():
            TransferItem.objects.bulk_create(lines, batch_size=1000)
    except IntegrityError:
        raise Conflict("transfer_under_way") from None
    Hold.objects.bulk_create(holds, batch_size=1000)


def locked(transfer_id: UUID) -> Transfer:
    """Raises NotFound: `transfer_not_found`."""
    found = Transfer.objects.select_for_update().filter(id=transfer_id).first()
    if found is None:
        raise NotFound("transfer_not_found")
    return found


@transaction.atomic
def approve(*, transfer_id: UUID, approved_by: UUID, grant: Grant) -> None:
    """Carried out by the approval of the head. Raises Conflict: `transfer_step_wrong`."""
    found = locked(transfer_id)
    state_of(found).require("approve", grant)
    found.state, found.approved_by_id, found.approved_at = TransferState.APPROVED, approved_by, clock.now()
    found.save()
    append(action="transfer.approved", actor=str(approved_by), subject=found.id, facts={"number": found.name})


@transaction.atomic
def withdraw(grant: Grant, *, transfer_id: UUID) -> None:
    """Also when the receiver sends it back: nothing has left for good. Raises Conflict: `transfer_step_wrong`."""
    from yidang.disposition.transfers.packing import forget_package

    grant.require(Permission.TRANSFER_RECORDS)
    found = locked(transfer_id)
    if not state_of(found).can_be_withdrawn:
        raise Conflict("transfer_step_wrong", state=found.state)
    found.state = TransferState.WITHDRAWN
    found.save()
    release(found)
    append(action="transfer.withdrawn", actor=grant.actor, subject=found.id, facts={"number": found.name})
    transaction.on_commit(lambda: forget_package(found))


def release(found: Transfer) -> None:
    """The hold ends; the lines may stand on another transfer."""
    Hold.objects.filter(reference=found.id, room=ROOM).delete()
    found.lines.update(is_open=False)
