"""Items and volumes into boxes, boxes onto shelves: each step one row in the ledger."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict
from yidang.ledger.operations import append
from yidang.storeroom.keeping.finding import find_box, find_place
from yidang.storeroom.keeping.names import Thing, find_thing
from yidang.storeroom.models import Box, Keeping, Outgoing, Place


@transaction.atomic
def put_into_box(grant: Grant, *, box: str, things: Sequence[str]) -> list[Thing]:
    """Each named by 档号 or label; what lay in another box leaves it.

    Raises:
        NotFound: `box_not_found`, `item_not_found`. Conflict: `box_is_closed`, `thing_is_out`.
    """
    grant.require(Permission.MANAGE_STOREROOM)
    target = find_box(box, lock=True)
    if target.is_closed:
        raise Conflict("box_is_closed", box=target.code)
    found = [find_thing(one) for one in things if one.strip()]
    for thing in found:
        _put(grant, target, thing)
    return found


def _put(grant: Grant, box: Box, thing: Thing) -> None:
    if Outgoing.objects.filter(thing=thing.id, back_at__isnull=True).exists():
        raise Conflict("thing_is_out", thing=thing.code)
    former = Keeping.objects.filter(pk=thing.id).select_related("box").first()
    if former and former.box_id == box.pk:
        return
    values = {"kind": thing.kind, "box": box, "since": clock.now()}
    Keeping.objects.update_or_create(thing=thing.id, defaults=values)
    facts = {"code": thing.code, "kind": str(thing.kind), "from": former.box.code if former else "", "to": box.code}
    append(action="paper.boxed", actor=grant.actor, subject=thing.id, facts=facts)


@transaction.atomic
def take_from_box(grant: Grant, *, thing: UUID, code: str) -> None:
    """For good: it does not lie in the store any more. Taking what lies in none changes nothing."""
    grant.require(Permission.MANAGE_STOREROOM)
    kept = Keeping.objects.filter(pk=thing).select_related("box").first()
    if kept is None:
        return
    facts = {"code": code, "kind": kept.kind, "from": kept.box.code, "ended": kept.is_ended}
    kept.delete()
    append(action="paper.unboxed", actor=grant.actor, subject=thing, facts=facts)


@transaction.atomic
def move_box(grant: Grant, *, box: str, place: str) -> Box:
    """Raises NotFound: `box_not_found`, `place_not_found`. Conflict: `place_holds_no_boxes`, `shelf_is_full`."""
    grant.require(Permission.MANAGE_STOREROOM)
    found, target = find_box(box, lock=True), find_place(place, lock=True)
    if target.kind != Place.Kind.SHELF:
        raise Conflict("place_holds_no_boxes", place=target.code)
    if found.place_id == target.pk:
        return found
    if target.capacity and target.boxes.count() >= target.capacity:
        raise Conflict("shelf_is_full", place=target.code, capacity=target.capacity)
    facts = {"box": found.code, "from": found.place.code if found.place else "", "to": target.code}
    found.place = target
    found.save(update_fields=["place"])
    append(action="box.moved", actor=grant.actor, subject=found.id, facts=facts)
    return found


def forget(items: Sequence[UUID]) -> None:
    """Destroyed records: the paper is still in the box until somebody takes it out, and the box says so."""
    Keeping.objects.filter(pk__in=items).update(is_ended=True)
