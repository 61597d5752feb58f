"""What a person typed into a form, as description fields."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from yidang.holdings.columns import require_known_class
from yidang.holdings.description import Description, Field, FieldSpec, Value, specs
from yidang.holdings.showing import text_of
from yidang.kernel.errors import Invalid
from yidang.kernel.money import parse_yuan


@dataclass
class Entry:
    """`problems`: field key → what is wrong with it; with any, `description` is not to be saved."""

    description: Description
    problems: dict[str, Invalid] = field(default_factory=dict)


def enter(before: Description, typed: Mapping[str, str]) -> Entry:
    """A value left as it was keeps its source and its place on the page; a changed one is the person's."""
    entry = Entry(before)
    changed: dict[str, Field | None] = {}
    for key in typed.keys() & specs().keys():
        known = before.fields.get(key)
        text = unicodedata.normalize("NFC", typed[key]).strip()
        if known is not None and text == text_of(specs()[key], known):
            continue
        try:
            changed[key] = _field(specs()[key], text, known)
        except Invalid as problem:
            entry.problems[key] = problem
    entry.description = before.with_fields(changed)
    return entry


def _field(spec: FieldSpec, text: str, known: Field | None) -> Field | None:
    if not text:
        return None
    if spec.key == "security_class":
        require_known_class(text)
    page, box = (known.page, known.box) if known else (None, None)
    return Field(_value(spec, text), page=page, box=box, source="person")


def _value(spec: FieldSpec, text: str) -> Value:
    if spec.kind == "amount":
        return parse_yuan(text)
    if spec.kind == "count":
        return _count(spec, text)
    return _date(spec, text) if spec.kind == "date" else text


def _count(spec: FieldSpec, text: str) -> int:
    if not text.isdecimal():
        raise Invalid("field_malformed", field=spec.key, kind=spec.kind)
    return int(text)


def _date(spec: FieldSpec, text: str) -> str:
    """`2024-5-6`, `2024年5月6日`, `20240506`, `2024.5.6` → 2024-05-06."""
    folded = unicodedata.normalize("NFKC", text)
    if folded.isdecimal() and len(folded) == len("20240506"):
        folded = f"{folded[:4]}-{folded[4:6]}-{folded[6:]}"
    parts = [part for part in "".join(c if c.isdecimal() else " " for c in folded).split() if part]
    try:
        year, month, day = map(int, parts)
        return date(year, month, day).isoformat()
    except ValueError:
        raise Invalid("field_malformed", field=spec.key, kind=spec.kind) from None
