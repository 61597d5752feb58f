"""Sealed volumes: what came late is added as a recorded supplement, and a second person checks the volume.

The ledger's own entries are the record; the reference sheet 备考表 is read from them.
"""

from collections.abc import Sequence
from enum import StrEnum
from uuid import UUID

from django.db import transaction

from yidang.holdings.models import Item, ItemState, Volume
from yidang.holdings.numbers_in_volume import next_number
from yidang.holdings.operations.filing import file_items
from yidang.holdings.operations.volume_steps import lock_volumes
from yidang.holdings.operations.volumes import check_ready, lock_fitting
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock, reference_code
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.operations import append
from yidang.ledger.queries import history

SEALED, SUPPLEMENTED, CHECKED = "volume.sealed", "volume.supplemented", "volume.checked"
LONGEST_NOTE = 400


class Cause(StrEnum):
    """Why a sealed volume is opened."""

    CAME_LATE = "came_late"
    LEFT_OUT = "left_out"
    REPLACES = "replaces"
    CORRECTS = "corrects"


def supplement_volume(
    grant: Grant, *, volume_id: UUID, item_ids: Sequence[UUID], cause: str, note: str = ""
) -> list[Item]:
    """Adds drafts after the last 件号 of a sealed volume and files them. Never inside a caller's transaction.

    Raises:
        Conflict: `volume_not_sealed`, `volume_empty`, `volume_unready`, `item_not_draft`, `item_of_other_series`,
        `item_in_other_volume`. Invalid: `supplement_cause_missing`, `supplement_note_missing`.
    """
    grant.require(Permission.DESCRIBE)
    _check_words(cause, note)
    with transaction.atomic(durable=True):
        volume = _lock_sealed(volume_id)
        items = lock_fitting(volume, item_ids)
        if any(item.volume_id for item in items):
            raise Conflict("item_in_other_volume")
        check_ready(items)
        _number(grant, volume, items)
        append(
            action=SUPPLEMENTED,
            actor=grant.actor,
            subject=volume.pk,
            facts={"cause": cause, "reference_codes": [item.reference_code for item in items]},
            private={"note": note.strip()},
        )
    return file_items(grant, [item.pk for item in items])


def _check_words(cause: str, note: str) -> None:
    if cause not in set(Cause):
        raise Invalid("supplement_cause_missing")
    if not 0 < len(note.strip()) <= LONGEST_NOTE:
        raise Invalid("supplement_note_missing")


def _lock_sealed(volume_id: UUID) -> Volume:
    volume = lock_volumes([volume_id])[volume_id]
    if volume.sealed_at is None:
        raise Conflict("volume_not_sealed")
    return volume


def _number(grant: Grant, volume: Volume, items: Sequence[Item]) -> None:
    code = str(volume.reference_code)
    for number, item in enumerate(items, start=next_number(volume)):
        item.volume, item.reference_code = volume, reference_code.item_code_in_volume(code, number)
        item.state, item.filed_at, item.filed_by = ItemState.FILING, clock.now(), grant.actor
    names = ["volume", "reference_code", "state", "filed_at", "filed_by"]
    Item.objects.bulk_update(items, names, batch_size=500)


@transaction.atomic
def check_volume(grant: Grant, *, volume_id: UUID) -> None:
    """The second person's word that the volume is in order (检查人 of the 备考表).

    Raises Conflict: `volume_not_sealed`, `volume_checked`, `volume_checked_by_its_maker`.
    """
    grant.require(Permission.DESCRIBE)
    volume = _lock_sealed(volume_id)
    told = [event for event in history(volume.pk) if event.action in (SEALED, SUPPLEMENTED, CHECKED)]
    if told and told[-1].action == CHECKED:
        raise Conflict("volume_checked")
    made_since = [event.actor for event in told[_after_last_check([event.action for event in told]) :]]
    if grant.actor in made_since:
        raise Conflict("volume_checked_by_its_maker")
    append(action=CHECKED, actor=grant.actor, subject=volume.pk, facts={"reference_code": volume.reference_code})


def _after_last_check(actions: Sequence[str]) -> int:
    """Whoever checks answers for what was done since the last check."""
    return max((place + 1 for place, action in enumerate(actions) if action == CHECKED), default=0)
