"""The small invented knowledge base that comes with the package, each row marked `synthetic`."""

import csv
from functools import cache
from importlib.resources import files
from typing import Any

from yidang.oversight.analytics.schema import KNOWLEDGE, tables

Rows = dict[str, list[dict[str, Any]]]
_ITEM_COLUMNS = {"item": "code"}  # what the list of items calls it


@cache
def shipped() -> Rows:
    """Rows by table; an empty cell is NULL."""
    return {name: _rows(name) for name in KNOWLEDGE}


def _rows(name: str) -> list[dict[str, Any]]:
    room, file = ("claims", "items") if name == "items" else ("oversight", name)
    text = files(f"yidang.{room}").joinpath(f"data/{file}.csv").read_text(encoding="utf-8")
    wanted = {column: _ITEM_COLUMNS.get(column, column) if name == "items" else column for column in tables()[name]}
    return [{column: row[said] or None for column, said in wanted.items()} for row in csv.DictReader(text.splitlines())]
