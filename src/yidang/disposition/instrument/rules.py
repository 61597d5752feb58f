"""The rows of an instrument: what makes them whole, and in what two versions differ."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from yidang.kernel.errors import Invalid
from yidang.kernel.period import term_years

Row = dict[str, Any]
TEXTS = (
    "code",
    "parent",
    "title_zh",
    "title_en",
    "class",
    "department",
    "arrangement",
    "scope",
    "rule",
    "category",
    "term",
    "confidence",
    "source",
)
MARKS = ("F", "L", "F1", "MH", "MM", "ML", "GAP")  # how surely the source is known, best first
FLAGS = ("is_required", "is_original", "is_scan_required", "is_paper_kept")
_CODE = re.compile(r"[A-Z0-9]{2,16}")
_CLASS = re.compile(r"[A-Z]{2}(·[A-Z0-9]{1,6}){1,3}")
_TELLS_A_TERM = ("rule", "term", "source")


def check(rows: Sequence[Row], *, before: Sequence[Row]) -> None:
    """Raises Invalid: `instrument_row_wrong`, `…_code_twice`, `…_code_gone`, `…_class_changed`, `…_rule_twice`.

    What was once a class stays one, under its own 类别号: items stand in it and bear it.
    """
    codes = [row["code"] for row in rows]
    for code in {code for code in codes if codes.count(code) > 1}:
        raise Invalid("instrument_code_twice", row=code)
    categories = {row["code"] for row in rows if not row["parent"]}
    for row in rows:
        if not is_whole(row, categories):
            raise Invalid("instrument_row_wrong", row=row["code"])
    now = {row["code"]: row for row in rows}
    for row in before:
        if row["code"] not in now:
            raise Invalid("instrument_code_gone", row=row["code"])
        if now[row["code"]]["class"] != row["class"]:
            raise Invalid("instrument_class_changed", row=row["code"])
    _check_rules(rows)


def is_whole(row: Row, categories: set[str]) -> bool:
    if not _CODE.fullmatch(row["code"]) or not row["title_zh"] or not row["title_en"]:
        return False
    if not row["parent"]:
        return True
    placed = row["parent"] in categories and _CLASS.fullmatch(row["class"]) and row["arrangement"] in {"item", "volume"}
    return bool(placed and row["rule"] and row["source"] and is_term(row["term"]))


def is_term(term: str) -> bool:
    try:
        term_years(term)
    except Invalid:
        return False
    return True


def _check_rules(rows: Sequence[Row]) -> None:
    """One rule, one term: two classes under the same rule cannot differ. Raises Invalid: `instrument_rule_twice`."""
    told: dict[str, tuple[Any, ...]] = {}
    for row in rows:
        if row["rule"] and told.setdefault(row["rule"], _term(row)) != _term(row):
            raise Invalid("instrument_rule_twice", row=row["rule"])


def _term(row: Row) -> tuple[Any, ...]:
    return row["term"], row["source"]


def with_certainty(rows: Sequence[Row], *, before: Sequence[Row]) -> list[Row]:
    """A term is certain when it was, and nothing it rests on has changed since."""
    certain = {tuple(row[name] for name in _TELLS_A_TERM) for row in before if row["is_verified"]}
    return [row | {"is_verified": tuple(row[name] for name in _TELLS_A_TERM) in certain} for row in rows]


def differences(before: Sequence[Row], after: Sequence[Row]) -> Iterator[tuple[str, str, Any, Any]]:
    """(code, field, old, new); a row that is new or gone is told by its title alone, as field `code`."""
    old, new = ({row["code"]: row for row in rows} for rows in (before, after))
    for code in old.keys() - new.keys():
        yield code, "code", old[code]["title_zh"], ""
    for code, row in new.items():
        if code not in old:
            yield code, "code", "", row["title_zh"]
            continue
        for name in (*TEXTS, "materials"):
            if row[name] != old[code][name]:
                yield code, name, old[code][name], row[name]


def blank_row() -> Row:
    return dict.fromkeys(TEXTS, "") | {"is_verified": False, "materials": []}


def material(name: str, flags: Mapping[str, bool]) -> dict[str, Any]:
    return {"name": name, **{flag: bool(flags.get(flag)) for flag in FLAGS}}
