"""Rows of text into `raw_<table>`, by the mapping."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from yidang.claims.importing.mapping import Mapping, beside, selection
from yidang.claims.importing.shape import SHAPES

_BATCH = 50_000
Row = tuple[int, list[str | None]]
Sheet = tuple[list[str], Iterable[Row]]  # headings; rows as (number, cells), one cell per heading


def lay(db: Any, table: str, file: int, sheet: Sheet, known: Mapping) -> set[str]:
    """The tables that came: with settlements, those whose columns stand beside theirs."""
    headings, rows = sheet
    others = list(beside(headings, known)) if table == "settlements" else []
    inserts = [_insert(table, file, selection(table, headings, known))]
    inserts += [
        f"{_insert(other, file, chosen)} WHERE nullif(trim({chosen['code']}), '') IS NOT NULL"
        for other, chosen in others
    ]
    tables = {table, *(other for other, _chosen in others)}
    for one in tables:
        columns = ", ".join(f"{key} VARCHAR" for key in SHAPES[one])
        db.execute(f"CREATE TABLE IF NOT EXISTS raw_{one} (_file INTEGER, _row BIGINT, {columns})")
    coming = iter(rows)
    while some := list(islice(coming, _BATCH)):
        db.register("sheet_arrow", _arrow(headings, some))
        _note_formulas(db, table, file, headings)
        for insert in inserts:
            db.execute(insert)
        db.unregister("sheet_arrow")
    return tables


def _insert(table: str, file: int, chosen: dict[str, str]) -> str:
    into = ", ".join(("_file", "_row", *chosen))
    values = ", ".join((str(file), "_row", *chosen.values()))
    return f"INSERT INTO raw_{table} ({into}) SELECT {values} FROM sheet_arrow"


def _arrow(headings: list[str], rows: list[Row]) -> Any:
    import pyarrow as pa

    cells = list(zip(*(row for _number, row in rows), strict=True))
    columns = {name: pa.array(column, pa.string()) for name, column in zip(headings, cells, strict=True)}
    return pa.table({"_row": pa.array([number for number, _row in rows], pa.int64())} | columns)


def _note_formulas(db: Any, table: str, file: int, headings: list[str]) -> None:
    """A cell that a spreadsheet would compute is none of ours to believe."""
    for name in headings:
        quoted = '"' + name.replace('"', '""') + '"'
        db.execute(
            f"INSERT INTO bad SELECT '{table}', {file}, _row, 'formula_cell', ? FROM sheet_arrow"
            f" WHERE {quoted}[1] IN ('=', '@') OR ({quoted}[1] IN ('+', '-') AND"
            f" NOT regexp_full_match({quoted}, '[+-][0-9.,]*'))",
            [name[:40]],
        )
