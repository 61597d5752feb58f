"""The description 著录 of an item: named fields, each with where it came from.

`data/fields.toml` maps every field to its element of DA/T 46-2009.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from yidang.kernel.errors import Invalid

Source = Literal["machine", "person", "catalogue", "default"]
Value = str | int


@dataclass(frozen=True)
class Field:
    """`box`: x0, y0, x1, y1 as fractions of the upright `page` (1-based); `confidence` 0 to 1, None when certain."""

    value: Value
    confidence: float | None = None
    page: int | None = None
    box: Sequence[float] | None = None
    source: Source = "machine"

    def to_json(self) -> dict[str, Any]:
        parts = {
            "value": self.value,
            "confidence": self.confidence,
            "page": self.page,
            "box": list(self.box) if self.box else None,
            "source": self.source,
        }
        return {name: part for name, part in parts.items() if part is not None}

    @classmethod
    def from_json(cls, parts: Mapping[str, Any]) -> "Field":
        return cls(**parts)


@dataclass(frozen=True)
class Description:
    fields: Mapping[str, Field] = field(default_factory=dict)

    def value(self, key: str) -> Value | None:
        found = self.fields.get(key)
        return found.value if found else None

    def text(self, key: str) -> str:
        found = self.value(key)
        return "" if found is None else str(found)

    @property
    def title(self) -> str:
        return self.text("title")

    @property
    def formed_on(self) -> date | None:
        """None too when what was read is no date: the page may say 2026年2月30日."""
        try:
            return date.fromisoformat(self.text("formed_on"))
        except ValueError:
            return None

    def with_fields(self, changed: Mapping[str, Field | None]) -> "Description":
        """A copy with fields set, or taken away where None."""
        merged: dict[str, Field | None] = {**self.fields, **changed}
        return replace(self, fields={key: value for key, value in merged.items() if value is not None})

    def to_json(self) -> dict[str, Any]:
        return {"fields": {key: self.fields[key].to_json() for key in sorted(self.fields)}}

    @classmethod
    def from_json(cls, parts: Mapping[str, Any]) -> "Description":
        return cls({key: Field.from_json(value) for key, value in parts["fields"].items()})


@dataclass(frozen=True)
class FieldSpec:
    """One row of `data/fields.toml`. `kind`: text, date, amount (fen), count, code; `element`: of DA/T 46, or blank."""

    key: str
    title_zh: str
    title_en: str
    kind: str
    element: str
    is_personal: bool


@cache
def specs() -> dict[str, FieldSpec]:
    """Every field a description may have, in the order in which forms show them."""
    source = files("yidang.holdings").joinpath("data/fields.toml").read_text(encoding="utf-8")
    rows = tomllib.loads(source)["field"]
    return {row["key"]: FieldSpec(is_personal=row.pop("is_personal", False), **row) for row in rows}


_ISO_DATE_LENGTH = 10
_LONGEST_TEXT = 4000


def check(description: Description) -> None:
    """Refuses what no archivist could mean.

    Raises:
        Invalid: `field_unknown`, `field_malformed`; the facts name the field, never its value.
    """
    for key, found in description.fields.items():
        spec = specs().get(key)
        if spec is None:
            raise Invalid("field_unknown", field=key)
        if not _fits(spec.kind, found.value):
            raise Invalid("field_malformed", field=key, kind=spec.kind)


def _fits(kind: str, value: object) -> bool:
    if kind in {"amount", "count"}:
        return isinstance(value, int) and not isinstance(value, bool)
    if not isinstance(value, str) or len(value) > _LONGEST_TEXT or "\x00" in value:
        return False
    return kind != "date" or _is_iso_date(value)


def _is_iso_date(value: str) -> bool:
    try:
        return len(value) == _ISO_DATE_LENGTH and bool(date.fromisoformat(value))
    except ValueError:
        return False
