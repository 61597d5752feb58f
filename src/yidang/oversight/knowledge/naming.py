"""What the codes in rows of a knowledge table are called: who compares it with a print knows drugs, not codes."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from yidang.claims.naming import names_of_diagnoses, names_of_groups, names_of_items, names_of_operations
from yidang.oversight.knowledge.rules import Row

_ITEMS, _DIAGNOSES, _OPERATIONS, _GROUPS = "items", "diagnoses", "operations", "groups"
_COLUMNS = {
    **dict.fromkeys(("item", "item_a", "item_b", "package", "part"), _ITEMS),
    **dict.fromkeys(("code", "diagnosis"), _DIAGNOSES),
    "drg": _GROUPS,
}
# What is chosen is a code in rows of these kinds only.
_CHOSEN = {"first_line": _ITEMS, "indication": _DIAGNOSES, "operation": _OPERATIONS}


@dataclass(frozen=True, slots=True)
class Names:
    """By what a code stands for and the code."""

    known: Mapping[str, Mapping[str, str]]

    def of(self, row: Row, column: str) -> str:
        """Blank where the cell is no code, or nobody told its name."""
        return self.known.get(_stands_for(row, column), {}).get(str(row[column]), "")


def names_in(rows: Iterable[Row], on: date) -> Names:
    """Asked once for all rows; groups are called as on that day."""
    codes: dict[str, set[str]] = {}
    for row in rows:
        for column, cell in row.items():
            if cell and (kind := _stands_for(row, column)):
                codes.setdefault(kind, set()).add(str(cell))
    asked: Mapping[str, Callable[[Collection[str]], dict[str, str]]] = {
        _ITEMS: names_of_items,
        _DIAGNOSES: names_of_diagnoses,
        _OPERATIONS: names_of_operations,
        _GROUPS: partial(names_of_groups, on=on),
    }
    return Names({kind: asked[kind](own) for kind, own in codes.items()})


def _stands_for(row: Row, column: str) -> str:
    return _CHOSEN.get(row.get("kind") or "", "") if column == "choice" else _COLUMNS.get(column, "")
