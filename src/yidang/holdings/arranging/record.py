"""What happened to a sealed volume, from the ledger and the numbers: what its reference sheet 备考表 tells."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from yidang.holdings.models import Alias, Tombstone, Volume
from yidang.holdings.numbers_in_volume import former_codes_of
from yidang.holdings.operations.supplements import CHECKED, SEALED, SUPPLEMENTED
from yidang.identity.names import names_of
from yidang.ledger.queries import Event, history, private_facts


@dataclass(frozen=True)
class Supplement:
    at: datetime
    by: str
    cause: str
    numbers: Sequence[int]
    note: str


@dataclass(frozen=True)
class Gone:
    """An item that lay here. `where`: its 档号 now, or the number of the destruction list."""

    number: int
    is_destroyed: bool
    where: str


@dataclass(frozen=True)
class VolumeRecord:
    """`made_by`, `checked_by`: display names. `is_checked`: since the seal and the last supplement."""

    made_by: str = ""
    made_at: datetime | None = None
    checked_by: str = ""
    checked_at: datetime | None = None
    is_checked: bool = False
    supplements: Sequence[Supplement] = field(default_factory=list)
    gone: Sequence[Gone] = field(default_factory=list)


def record_of(volume: Volume) -> VolumeRecord:
    """The caller has asked who may see it."""
    told = [event for event in history(volume.pk) if event.action in (SEALED, SUPPLEMENTED, CHECKED)]
    names = names_of(event.actor for event in told)
    seal, check = (_last(told, action) for action in (SEALED, CHECKED))
    return VolumeRecord(
        made_by=names[seal.actor] if seal else "",
        made_at=seal.at if seal else volume.sealed_at,
        checked_by=names[check.actor] if check else "",
        checked_at=check.at if check else None,
        is_checked=bool(told) and told[-1].action == CHECKED,
        supplements=[_supplement(event, names[event.actor]) for event in told if event.action == SUPPLEMENTED],
        gone=_gone(volume),
    )


def _last(told: Sequence[Event], action: str) -> Event | None:
    return next((event for event in reversed(told) if event.action == action), None)


def _supplement(event: Event, by: str) -> Supplement:
    codes = cast("Sequence[str]", event.facts["reference_codes"])
    note = str((private_facts(event.id) or {}).get("note", ""))
    return Supplement(event.at, by, str(event.facts["cause"]), [_number(code) for code in codes], note)


def _number(code: str) -> int:
    return int(code.rpartition("-")[2])


def _gone(volume: Volume) -> list[Gone]:
    if volume.reference_code is None:
        return []
    start = f"{volume.reference_code}-"
    moved = Alias.objects.filter(reference_code__startswith=start).select_related("item")
    found = [Gone(_number(one.reference_code), False, one.item.reference_code or "") for one in moved]
    stones = Tombstone.objects.filter(reference_code__startswith=start)
    found += [Gone(_number(stone.reference_code), True, stone.list_number) for stone in stones]
    found += [Gone(_number(code), True, number) for code, number in former_codes_of(start)]
    return sorted(found, key=lambda one: one.number)
