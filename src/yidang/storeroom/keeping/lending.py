"""Out for a reader and back again. Whoever lends decides who may; here it is only carried."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yidang.identity.policy import Grant
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.operations import append
from yidang.storeroom.keeping.names import codes_of, volume_of
from yidang.storeroom.models import Keeping, Outgoing
from yidang.storeroom.models.keeping import ThingKind


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Where a record lies. A record of a volume lies where its volume does. `place` is blank for a box on no shelf."""

    box: str
    place: str
    room: str
    is_out: bool


def place_of(item_id: UUID) -> Whereabouts | None:
    """None when the store keeps no paper of it."""
    kept = _kept(item_id)
    if kept is None or kept.is_ended:
        return None
    shelf = kept.box.place
    is_out = Outgoing.objects.filter(thing=kept.thing, back_at__isnull=True).exists()
    return Whereabouts(kept.box.code, shelf.code if shelf else "", shelf.code.split("-")[0] if shelf else "", is_out)


def _kept(item_id: UUID) -> Keeping | None:
    """The item's own box before that of its volume."""
    rows = Keeping.objects.select_related("box__place")
    own = rows.filter(pk=item_id).first()
    if own is None and (volume := volume_of(item_id)):
        return rows.filter(pk=volume).first()
    return own


@transaction.atomic
def take_out(grant: Grant, *, item_id: UUID, reason_code: str = "loan", reference: UUID | None = None) -> Outgoing:
    """Out for the same reason twice (two records of one volume, say) is out once.

    Raises:
        NotFound: `paper_not_kept`. Conflict: `thing_is_out`.
    """
    kept = _kept(item_id)
    if kept is None or kept.is_ended:
        raise NotFound("paper_not_kept")
    Keeping.objects.select_for_update().get(pk=kept.pk)
    code = codes_of([kept.thing]).get(kept.thing, "")
    if known := Outgoing.objects.filter(thing=kept.thing, back_at__isnull=True).first():
        if reference and known.reference == reference:
            return known
        raise Conflict("thing_is_out", thing=code)
    out = Outgoing(thing=kept.thing, kind=ThingKind(kept.kind), reason_code=reason_code, reference=reference)
    out.taken_at, out.taken_by = clock.now(), grant.actor
    out.save()
    facts = {"code": code, "box": kept.box.code, "reason": reason_code, "reference": str(reference or "")}
    append(action="paper.taken_out", actor=grant.actor, subject=kept.thing, facts=facts)
    return out


@transaction.atomic
def put_back(grant: Grant, *, item_id: UUID) -> Outgoing:
    """Into the box it came from. Raises NotFound: `paper_not_kept`. Conflict: `thing_not_out`."""
    kept = _kept(item_id)
    if kept is None:
        raise NotFound("paper_not_kept")
    out = Outgoing.objects.select_for_update().filter(thing=kept.thing, back_at__isnull=True).first()
    code = codes_of([kept.thing]).get(kept.thing, "")
    if out is None:
        raise Conflict("thing_not_out", thing=code)
    out.back_at, out.back_by = clock.now(), grant.actor
    out.save(update_fields=["back_at", "back_by"])
    append(action="paper.put_back", actor=grant.actor, subject=kept.thing, facts={"code": code, "box": kept.box.code})
    return out
