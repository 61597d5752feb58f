"""出入登记: into a room and out again, with the reason."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet

from yidang.crypto.fields import open_json, seal_json
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.storeroom.models import Place, ZoneEntry
from yidang.storeroom.models.keeping import Zone

_TABLE, _FIELD = "storeroom_zoneentry", "words"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Visit:
    """A line of the register in words."""

    entry: ZoneEntry
    who: str
    body: str
    reason: str


@transaction.atomic
def note_entry(
    grant: Grant,
    *,
    room_id: UUID,
    staff: UUID | None = None,
    visitor: str = "",
    body: str = "",
    companion: UUID | None = None,
    reason: str,
) -> ZoneEntry:
    """A member of staff, or a visitor by name; into the store a visitor goes with somebody of the house.

    Raises:
        NotFound: `place_not_found`. Invalid: `entry_words_missing`, `visitor_needs_companion`.
        Conflict: `already_inside`.
    """
    grant.require(Permission.MANAGE_STOREROOM)
    room = Place.objects.filter(pk=room_id, kind=Place.Kind.ROOM).first()
    if room is None:
        raise NotFound("place_not_found", place="")
    if not reason.strip() or not (staff or visitor.strip()):
        raise Invalid("entry_words_missing")
    if not staff and room.zone == Zone.STORE and companion is None:
        raise Invalid("visitor_needs_companion")
    if staff and ZoneEntry.objects.filter(room=room, staff=staff, left_at__isnull=True).exists():
        raise Conflict("already_inside")
    entry = ZoneEntry(
        room=room, staff=_staff(staff), companion=_staff(companion), entered_at=clock.now(), noted_by=grant.actor
    )
    words = {"visitor": "" if staff else visitor, "body": body, "reason": reason}
    words = {name: text.strip()[:_LONGEST] for name, text in words.items()}
    entry.sealed = seal_json(words, table=_TABLE, row=str(entry.id), field=_FIELD)
    entry.save()
    facts = {"room": room.code, "zone": room.zone, "staff": str(staff or ""), "with": str(companion or "")}
    append(action="zone.entered", actor=grant.actor, subject=entry.id, facts=facts, private=words)
    return entry


def _staff(staff_id: UUID | None) -> Staff | None:
    """Raises Invalid `entry_words_missing`."""
    if staff_id is None:
        return None
    found = Staff.objects.filter(pk=staff_id, is_active=True).first()
    if found is None:
        raise Invalid("entry_words_missing")
    return found


@transaction.atomic
def note_leaving(grant: Grant, *, entry_id: UUID) -> ZoneEntry:
    """Leaving twice changes nothing. Raises NotFound `entry_not_found`."""
    grant.require(Permission.MANAGE_STOREROOM)
    entry = ZoneEntry.objects.select_for_update(of=("self",)).select_related("room").filter(pk=entry_id).first()
    if entry is None:
        raise NotFound("entry_not_found")
    if entry.left_at is None:
        entry.left_at = clock.now()
        entry.save(update_fields=["left_at"])
        append(action="zone.left", actor=grant.actor, subject=entry.id, facts={"room": entry.room.code})
    return entry


def entries() -> QuerySet[ZoneEntry]:
    """Who is inside first, then the newest."""
    rows = ZoneEntry.objects.select_related("room", "staff", "companion")
    return rows.order_by(F("left_at").desc(nulls_first=True), "-entered_at")


def told(entry: ZoneEntry) -> Visit:
    words: dict[str, Any] = open_json(bytes(entry.sealed), table=_TABLE, row=str(entry.id), field=_FIELD)
    who = entry.staff.display_name if entry.staff else str(words["visitor"])
    return Visit(entry, who, str(words["body"]), str(words["reason"]))
