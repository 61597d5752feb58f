"""The sealed columns of this room, and the digests by which what is sealed can still be found."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from yidang.crypto.fields import blind_forms, blind_index, open_field, open_json, seal_field, seal_json
from yidang.holdings.description import Description
from yidang.holdings.identifiers import identifiers

Sealed = bytes | memoryview  # the database driver hands out views

_ITEM = "holdings.item"
_PAGE = "holdings.page"
_FILE = "holdings.itemfile"
_VERSION = "holdings.itemversion"
_VOLUME = "holdings.volume"
_PENDING = "holdings.pendingversion"


def seal_description(item: UUID, description: Description) -> bytes:
    return seal_json(description.to_json(), table=_ITEM, row=str(item), field="description")


def open_description(item: UUID, sealed: Sealed) -> Description:
    return Description.from_json(open_json(bytes(sealed), table=_ITEM, row=str(item), field="description"))


def seal_volume_description(volume: UUID, description: Description) -> bytes:
    return seal_json(description.to_json(), table=_VOLUME, row=str(volume), field="description")


def open_volume_description(volume: UUID, sealed: Sealed) -> Description:
    return Description.from_json(open_json(bytes(sealed), table=_VOLUME, row=str(volume), field="description"))


def seal_reading(page: UUID, blob: bytes) -> bytes:
    """`blob` as of holdings.reading.encode_page."""
    return seal_field(blob, table=_PAGE, row=str(page), field="reading")


def open_reading(page: UUID, sealed: Sealed) -> bytes:
    return open_field(bytes(sealed), table=_PAGE, row=str(page), field="reading")


def seal_note(item: UUID, ordinal: int, *, name: str, sm3: bytes) -> bytes:
    return seal_json({"name": name, "sm3": sm3.hex()}, table=_FILE, row=f"{item}/{ordinal}", field="note")


def open_note(item: UUID, ordinal: int, sealed: Sealed | None) -> dict[str, str]:
    if sealed is None:
        return {"name": "", "sm3": ""}
    note: dict[str, str] = open_json(bytes(sealed), table=_FILE, row=f"{item}/{ordinal}", field="note")
    return note


def seal_reason(item: UUID, version: int, reason: str) -> bytes | None:
    if not reason:
        return None
    return seal_field(reason.encode(), table=_VERSION, row=f"{item}/{version}", field="reason")


def open_reason(item: UUID, version: int, sealed: Sealed | None) -> str:
    if not sealed:
        return ""
    return open_field(bytes(sealed), table=_VERSION, row=f"{item}/{version}", field="reason").decode()


def seal_plan(item: UUID, plan: dict[str, Any]) -> bytes:
    return seal_json(plan, table=_PENDING, row=str(item), field="plan")


def open_plan(item: UUID, sealed: Sealed) -> dict[str, Any]:
    plan: dict[str, Any] = open_json(bytes(sealed), table=_PENDING, row=str(item), field="plan")
    return plan


def blind_identifiers(description: Description) -> set[tuple[str, bytes]]:
    """(kind, keyed digest) of every identifier the description names."""
    return blind(identifiers(description))


def newest_forms(description: Description) -> dict[tuple[str, bytes], tuple[str, bytes]]:
    """(kind, digest) of a former version → of the newest, while indexes are made anew; else nothing."""
    found = [(kind, blind_forms(kind, value)) for kind, value in identifiers(description)]
    return {(kind, old): (kind, newest) for kind, (newest, *former) in found for old in former}


def blind(pairs: Iterable[tuple[str, str]]) -> set[tuple[str, bytes]]:
    return {(kind, blind_index(kind, value)) for kind, value in pairs}
