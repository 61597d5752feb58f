"""Codes of places and what a label says. Knows no framework."""

import re
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from yidang.kernel.errors import Invalid

_PART = re.compile(r"[A-Z0-9]{1,8}")
_BOX = re.compile(r"H[0-9]{6,12}")
_PLACE = re.compile(r"[A-Z0-9]{1,8}(-[A-Z0-9]{1,8}){0,2}")
_PREFIX = "yd:"
TagKind = Literal["place", "box", "item", "volume"]


@dataclass(frozen=True, slots=True)
class Tag:
    """What stands on a label: `place:K1-02-3`, `box:H000012`, `item:<uuid>`, `volume:<uuid>`."""

    kind: TagKind
    value: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.value}"

    @property
    def label(self) -> str:
        """The text of the QR code: a prefix keeps other codes of the house apart."""
        return f"{_PREFIX}{self}"

    @property
    def id(self) -> UUID:
        return UUID(self.value)


def place_code(parent: str, part: str) -> str:
    """Raises Invalid `place_code_wrong`."""
    tidy = part.strip().upper()
    if not _PART.fullmatch(tidy):
        raise Invalid("place_code_wrong", given=part.strip()[:20])
    return f"{parent}-{tidy}" if parent else tidy


def read_tag(text: str) -> Tag:
    """From a scanner, a phone or a keyboard. Raises Invalid `label_unreadable`."""
    kind, _, value = text.strip().removeprefix(_PREFIX).partition(":")
    if kind == "box" and _BOX.fullmatch(value):
        return Tag("box", value)
    if kind == "place" and _PLACE.fullmatch(value):
        return Tag("place", value)
    if kind in {"item", "volume"} and _is_uuid(value):
        return Tag("item" if kind == "item" else "volume", value)
    raise Invalid("label_unreadable", text=text.strip()[:40])


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


def box_number(code: str) -> int:
    """Raises Invalid `label_unreadable`."""
    tidy = code.strip().upper().removeprefix("YD:BOX:")
    if not _BOX.fullmatch(tidy):
        raise Invalid("label_unreadable", text=code.strip()[:40])
    return int(tidy[1:])
