"""Which column of a catalogue says what: guessed by the header's words, or as a person once decided."""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from yidang.intake.errors import Refused
from yidang.intake.unfold.sheets import Row

HEADER_SEARCH = 12  # titles and dates of issue often stand above the header
MIN_KNOWN = 2
LINKS = ("file_name", "legacy_code", "number")

Mapping_ = dict[int, str]


@dataclass(frozen=True)
class Header:
    """`row`: 0-based place in the sheet. `mapping`: column → description field, `file_name` or `number`."""

    row: int
    titles: tuple[str, ...]
    mapping: Mapping_


def find_header(rows: Sequence[Row], remembered: Mapping[tuple[str, ...], Mapping_] | None = None) -> Header | None:
    """The first row that reads like a catalogue's header; None when the sheet is something else."""
    for place, row in enumerate(rows[:HEADER_SEARCH]):
        titles = tuple(normalise(cell) for cell in row)
        known = (remembered or {}).get(titles)
        mapping = known if known is not None else guess(titles)
        if len(mapping) >= MIN_KNOWN and set(mapping.values()) & {"title", *LINKS}:
            return Header(row=place, titles=titles, mapping=mapping)
    return None


def guess(titles: Sequence[str]) -> Mapping_:
    """The first column wins where two claim one field."""
    mapping: Mapping_ = {}
    for column, title in enumerate(titles):
        field = _synonyms().get(title)
        if field and field not in mapping.values():
            mapping[column] = field
    return mapping


def check(header: Header) -> None:
    """Raises Refused `catalogue_columns` when the header cannot serve as a catalogue's."""
    fields = set(header.mapping.values())
    missing = []
    if "title" not in fields:
        missing.append("题名")
    if not fields & set(LINKS):
        missing.append("文件名 / 档号 / 件号")
    if missing:
        raise Refused("catalogue_columns", missing="、".join(missing), found="、".join(t for t in header.titles if t))


def is_usable(header: Header) -> bool:
    try:
        check(header)
    except Refused:
        return False
    return True


def normalise(title: str) -> str:
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(c for c in folded if c.isalnum())


@cache
def _synonyms() -> dict[str, str]:
    source = files("yidang.intake") / "data" / "catalogue_columns.toml"
    table: dict[str, list[str]] = tomllib.loads(source.read_text(encoding="utf-8"))["columns"]
    return {normalise(word): field for field, words in table.items() for word in words}
