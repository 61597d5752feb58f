"""What became of each difference, and why; the books follow where that is what was decided."""

from uuid import UUID

from django.db import transaction

from yidang.crypto.fields import open_json, seal_json
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.storeroom.keeping.moving import move_box, put_into_box, take_from_box
from yidang.storeroom.keeping.rules import read_tag
from yidang.storeroom.models import Difference, StockTake
from yidang.storeroom.stock.counting import find_take
from yidang.storeroom.stock.expecting import said
from yidang.storeroom.stock.rules import SETTLEMENTS

_TABLE, _FIELD = "storeroom_difference", "reason"
_SHORTEST, _LONGEST = 2, 400


@transaction.atomic
def settle(grant: Grant, *, difference_id: UUID, settlement: str, reason: str) -> Difference:
    """The last one settles the count.

    Raises:
        NotFound: `difference_not_found`. Conflict: `difference_settled`, and as the moves that follow.
        Invalid: `settlement_unfit`, `settlement_reason_missing`.
    """
    grant.require(Permission.MANAGE_STOREROOM)
    found = _find(difference_id)
    if found.settlement:
        raise Conflict("difference_settled")
    if settlement not in SETTLEMENTS[found.kind]:
        raise Invalid("settlement_unfit")
    words = reason.strip()
    if not _SHORTEST <= len(words) <= _LONGEST:
        raise Invalid("settlement_reason_missing")
    _book(grant, found, settlement)
    found.settlement, found.settled_by_id, found.settled_at = settlement, grant.person, clock.now()
    found.sealed_reason = seal_json(words, table=_TABLE, row=str(found.id), field=_FIELD)
    found.save()
    facts = {"number": found.take.name, "kind": found.kind, "tag": found.tag, "settlement": settlement}
    append(action="stock.settled", actor=grant.actor, subject=found.take.id, facts=facts, private={"reason": words})
    _close(grant, found.take)
    return found


def _find(difference_id: UUID) -> Difference:
    rows = Difference.objects.select_for_update(of=("self",)).select_related("take")
    found = rows.filter(pk=difference_id).first()
    if found is None:
        raise NotFound("difference_not_found")
    return found


def _book(grant: Grant, found: Difference, settlement: str) -> None:
    """`booked`: it stays where it was seen. `lost`: a record leaves its box; a lost box stays named on no shelf."""
    tag = read_tag(found.tag)
    if settlement == Difference.Settlement.BOOKED:
        where = read_tag(found.seen).value
        if tag.kind == "box":
            move_box(grant, box=tag.value, place=where)
        else:
            put_into_box(grant, box=where, things=[found.tag])
    elif settlement == Difference.Settlement.LOST and tag.kind != "box":
        take_from_box(grant, thing=tag.id, code=said([found.tag])[found.tag])


def _close(grant: Grant, take: StockTake) -> None:
    if take.differences.filter(settlement="").exists():
        return
    take = find_take(take.id, lock=True)
    take.state, take.settled_at = StockTake.State.SETTLED, clock.now()
    take.save(update_fields=["state", "settled_at"])
    append(action="stock.closed", actor=grant.actor, subject=take.id, facts={"number": take.name})


def reason_of(difference: Difference) -> str:
    if difference.sealed_reason is None:
        return ""
    found: str = open_json(bytes(difference.sealed_reason), table=_TABLE, row=str(difference.id), field=_FIELD)
    return found
