"""Headings of sheets and fields of messages, and which column each is."""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from yidang.claims.importing.shape import SHAPES
from yidang.kernel.errors import Invalid

_MOST_BESIDE = 60
# Without it a row of the table says nothing; it also tells one table from another.
KEYS = {
    "settlements": ("claim", "settled_at"),
    "lines": ("line", "item"),
    "diagnoses": ("claim", "code", "is_main"),
    "operations": ("claim", "operated_at"),
    "persons": ("person", "name"),
    "providers": ("provider", "kind"),
    "doctors": ("doctor", "profession"),
}

CALLED = {
    "settlements": "settlements（结算）", "lines": "lines（费用明细）", "diagnoses": "diagnoses（诊断）",
    "operations": "operations（手术）", "persons": "persons（参保人）", "providers": "providers（定点机构）",
    "doctors": "doctors（医师）",
}  # fmt: skip


@dataclass(frozen=True)
class Column:
    """`fixed`: what every row says where the sheet has no such column, blank where nothing.

    `wide`: headings of columns beside each other in a sheet of settlements, `{n}` being their number.
    """

    names: tuple[str, ...] = ()
    yuan: tuple[str, ...] = ()
    values: dict[str, str] = field(default_factory=dict)
    fixed: str = ""
    wide: tuple[str, ...] = ()

    def stands_in(self, headings: set[str]) -> bool:
        return bool(self.fixed or headings & {*self.names, *self.yuan})


Mapping = dict[str, dict[str, Column]]


@cache
def shipped() -> Mapping:
    return parse((files("yidang.claims") / "data" / "mapping.toml").read_text(encoding="utf-8"), "mapping.toml")


def mapping(own: Path | None) -> Mapping:
    """The shipped one, with the columns of an own file in place of its. Raises Invalid `claims_mapping_broken`."""
    if own is None:
        return shipped()
    try:
        text = own.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise Invalid("claims_mapping_broken", file=own.name, place="") from problem
    given = parse(text, own.name)
    return {table: shipped().get(table, {}) | given.get(table, {}) for table in {*shipped(), *given}}


def parse(text: str, name: str) -> Mapping:
    """Raises Invalid `claims_mapping_broken` with the place."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise Invalid("claims_mapping_broken", file=name, place=str(problem)[:80]) from problem
    return {table: _columns(table, columns, name) for table, columns in tables.items()}


def _columns(table: str, columns: Any, name: str) -> dict[str, Column]:
    if table not in SHAPES or not isinstance(columns, dict):
        raise Invalid("claims_mapping_broken", file=name, place=table)
    found = {}
    for key, given in columns.items():
        is_right = isinstance(given, dict) and set(given) <= {"names", "yuan", "values", "fixed", "wide"}
        if key not in SHAPES[table] or not is_right:
            raise Invalid("claims_mapping_broken", file=name, place=f"{table}.{key}")
        names, yuan = tuple(map(str, given.get("names", ()))), tuple(map(str, given.get("yuan", ())))
        values = {str(a): str(b) for a, b in given.get("values", {}).items()}
        found[key] = Column(names, yuan, values, str(given.get("fixed", "")), tuple(map(str, given.get("wide", ()))))
    return found


def table_of(headings: list[str], known: Mapping) -> str:
    """The table whose key headings all stand there, and most others; blank when none fits."""
    there = set(headings)
    scores = {
        table: sum(bool(there & {*column.names, *column.yuan}) for column in known.get(table, {}).values())
        for table, keys in KEYS.items()
        if all(known[table][key].stands_in(there) for key in keys)
    }
    return max((table for table in scores if scores[table]), key=lambda table: scores[table], default="")


def nearest(headings: list[str], known: Mapping) -> tuple[str, list[str]]:
    """The table most of whose columns stand there, and which key columns it lacks with a heading each may have."""
    there = set(headings)
    table = max(KEYS, key=lambda one: sum(column.stands_in(there) for column in known.get(one, {}).values()))
    lacking = [key for key in KEYS[table] if not known[table][key].stands_in(there)]
    return table, [f"{key}（{known[table][key].names[-1]}）" if known[table][key].names else key for key in lacking]


def selection(table: str, headings: list[str], known: Mapping) -> dict[str, str]:
    """Column → SQL over a relation with these headings, all text."""
    there = set(headings)
    found = {}
    for key in SHAPES[table]:
        column = known.get(table, {}).get(key, Column((key,)))
        plain = next((name for name in column.names if name in there), None)
        yuan = next((name for name in column.yuan if name in there), None)
        if plain is not None:
            found[key] = _translated(_quoted(plain), column.values)
        elif yuan is not None:
            found[key] = _fen(_quoted(yuan), is_price=key == "unit_price_fen")
        elif column.fixed:
            found[key] = _text(column.fixed)
    if table == "settlements" and "fees" not in found and (fees := _fees(there)):
        found["fees"] = fees
    return found


def beside(headings: list[str], known: Mapping) -> Iterator[tuple[str, dict[str, str]]]:
    """Diagnoses and operations that stand in a settlement's own row: table, and column → SQL as in `selection`.

    The main diagnosis comes along where others do, and once: what hangs on a settlement is told as a whole.
    """
    settlement = selection("settlements", headings, known)
    claim, main = settlement.get("claim", "NULL"), settlement.get("main_diagnosis")
    others = [one for one in _numbered("diagnoses", headings, known) if one["code"] != main]
    if others and main:
        yield "diagnoses", {"claim": claim, "seq": "'1'", "code": main, "is_main": "'true'"}
    for place, one in enumerate(others, 2 if main else 1):
        is_main = "false" if main or place > 1 else "true"
        code = f"nullif({one['code']}, {main})" if main else one["code"]
        yield "diagnoses", {"claim": claim, "seq": f"'{place}'", "is_main": f"'{is_main}'"} | one | {"code": code}
    for place, one in enumerate(_numbered("operations", headings, known), 1):
        yield "operations", {"claim": claim, "seq": f"'{place}'"} | one


def _numbered(table: str, headings: list[str], known: Mapping) -> Iterator[dict[str, str]]:
    there = set(headings)
    columns = {key: column for key, column in known.get(table, {}).items() if column.wide}
    for number in range(1, _MOST_BESIDE + 1):
        found = {
            key: _translated(_quoted(heading), column.values)
            for key, column in columns.items()
            if (heading := next((h for name in column.wide if (h := name.replace("{n}", str(number))) in there), None))
        }
        if "code" in found:
            yield found


def _translated(expression: str, values: dict[str, str]) -> str:
    if not values:
        return expression
    cases = " ".join(f"WHEN {_text(given)} THEN {_text(meant)}" for given, meant in values.items())
    return f"CASE trim({expression}) {cases} ELSE {expression} END"


def _fen(expression: str, *, is_price: bool) -> str:
    """A price may have more decimals and is rounded; an amount that does stays as it is and is refused as no number."""
    number = f"TRY_CAST(replace(trim({expression}), ',', '') AS DECIMAL(18, 6)) * 100"
    rounded = f"round({number})::BIGINT::VARCHAR"
    if is_price:
        return rounded
    return (
        f"CASE WHEN nullif(trim({expression}), '') IS NULL THEN NULL WHEN ({number}) = round({number}) THEN {rounded}"
        f" ELSE 'yuan:' || {expression} END"
    )


def _fees(there: set[str]) -> str:
    """The 14 categories as columns of their own, amounts only."""
    parts = [
        f"'{order}': [coalesce(TRY_CAST(({_fen(_quoted(name), is_price=False)}) AS BIGINT), 0)]"
        for order, name in fee_categories().items()
        if name in there
    ]
    return f"to_json({{{', '.join(parts)}}})::VARCHAR" if parts else ""


@cache
def fee_categories() -> dict[str, str]:
    """By their order: "1" is 床位费, "14" is 其他费."""
    text = (files("yidang.claims") / "data" / "fee_categories.csv").read_text(encoding="utf-8")
    return {row["order"]: row["name"] for row in csv.DictReader(text.splitlines())}


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
