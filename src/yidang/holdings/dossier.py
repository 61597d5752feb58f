"""The `description` file of a stored version: everything by which the catalogue can be built again.

JSON, UTF-8, keys sorted. The catalogue's rows are a projection of it (`holdings.projection`).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from yidang.holdings.description import Description, specs
from yidang.kernel.errors import Invalid

FORMAT = "yidang-description/1"
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True)
class StoredFile:
    """`sm3` and `digest` in hex; `digest` is the duplicates index's."""

    ordinal: int
    name: str
    puid: str
    media_type: str
    size: int
    sm3: str
    digest: str
    page_count: int


@dataclass(frozen=True)
class StoredPage:
    """Position in the list is the page's number; `file` is the ordinal of its file."""

    id: str
    file: int
    index_in_file: int
    is_read: bool
    width: int
    height: int
    dpi: int
    rotation: int
    skew: float
    is_blank: bool
    has_seal: bool
    text_origin: str
    confidence: float | None


@dataclass(frozen=True)
class FormerCode:
    reference_code: str
    is_legacy_code: bool
    since: str


@dataclass(frozen=True)
class StoredVolume:
    """The volume an item lies in, told by each of its items; `description` as the volume's own JSON."""

    id: str
    reference_code: str
    description: Mapping[str, Any]
    created_at: str
    sealed_at: str


@dataclass(frozen=True)
class Dossier:
    id: str
    working_number: str
    reference_code: str
    is_legacy_code: bool
    is_paper_only: bool
    fonds: str
    series: str
    year: int
    term: str
    document_type: str
    confidence: float | None
    accession: str | None
    created_at: str
    filed_at: str
    filed_by: str
    description: Description
    files: Sequence[StoredFile] = ()
    pages: Sequence[StoredPage] = ()
    aliases: Sequence[FormerCode] = ()
    volume: StoredVolume | None = None

    @property
    def item_id(self) -> UUID:
        return UUID(self.id)

    def encode(self) -> bytes:
        parts = dict(vars(self))
        for name in ("files", "pages", "aliases"):
            parts[name] = [vars(one) for one in parts[name]]
        parts |= {
            "format": FORMAT,
            "description": self.description.to_json(),
            "elements": elements(self),
            "volume": vars(self.volume) if self.volume else None,
        }
        return _encode(parts).encode()

    @classmethod
    def decode(cls, data: bytes) -> "Dossier":
        """Raises Invalid: `description_damaged`."""
        try:
            return cls._from_parts(json.loads(data))
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Invalid("description_damaged") from None

    @classmethod
    def _from_parts(cls, parts: dict[str, Any]) -> "Dossier":
        if parts.pop("format") != FORMAT:
            raise ValueError
        del parts["elements"]
        volume = parts["volume"]
        return cls(
            **parts
            | {
                "description": Description.from_json(parts["description"]),
                "files": tuple(StoredFile(**file) for file in parts["files"]),
                "pages": tuple(StoredPage(**page) for page in parts["pages"]),
                "aliases": tuple(FormerCode(**alias) for alias in parts["aliases"]),
                "volume": StoredVolume(**volume) if volume else None,
            }
        )


@cache
def _element_fields() -> dict[str, tuple[str, ...]]:
    """DA/T 46 element → the description fields that fill it."""
    found: dict[str, tuple[str, ...]] = {}
    for spec in specs().values():
        if spec.element:
            found[spec.element] = (*found.get(spec.element, ()), spec.key)
    return found


def elements(dossier: Dossier) -> dict[str, str]:
    """The DA/T 46-2009 view of the record, for readers in fifty years who have only this file."""
    described = {
        element: "；".join(filter(None, (dossier.description.text(key) for key in keys)))
        for element, keys in _element_fields().items()
    }
    placed = {
        "M1": "件",
        "M7": dossier.id,
        "M8": dossier.reference_code,
        "M9": dossier.fonds,
        "M11": str(dossier.year),
        "M12": dossier.term,
        "M14": dossier.series,
        "M43": str(len(dossier.pages)) if dossier.pages else described.get("M43", ""),
        "M47": "；".join(dict.fromkeys(file.puid or file.media_type for file in dossier.files)),
        "M48": "；".join(file.name for file in dossier.files),
        "M49": str(sum(file.size for file in dossier.files)) if dossier.files else "",
    }
    return {element: value for element, value in (described | placed).items() if value}


def say_time(at: datetime | None) -> str:
    return at.isoformat() if at else ""


def read_time(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
