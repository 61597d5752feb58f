"""The file that rules read (`current`), from the versions in force."""

import json
import os
from collections.abc import Mapping, Sequence
from typing import Any

from yidang.oversight.knowledge.current import path_of_base
from yidang.oversight.knowledge.forms import forms
from yidang.oversight.knowledge.models import KnowledgeVersion
from yidang.oversight.knowledge.rules import in_turn
from yidang.oversight.knowledge.shipped import shipped


def lay_down() -> None:
    """The file anew, from the versions in force; none where nothing was imported."""
    laid = {table: _rows(table) for table in forms()}
    told = {table: rows for table, rows in laid.items() if rows is not None}
    if not told:
        path_of_base().unlink(missing_ok=True)
        return
    fresh = path_of_base().with_suffix(".new")
    fresh.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    with fresh.open("rb") as written:
        os.fsync(written.fileno())
    fresh.replace(path_of_base())


def _rows(table: str) -> list[dict[str, Any]] | None:
    versions = in_force(table)
    if not versions:
        return None
    shipped_rows: Sequence[Mapping[str, Any]] = shipped()[table]
    return in_turn([(None, shipped_rows), *((one.effective_from, one.rows) for one in versions)])


def in_force(table: str) -> list[KnowledgeVersion]:
    """In the order of their days."""
    found = KnowledgeVersion.objects.filter(table=table, state=KnowledgeVersion.State.IN_FORCE)
    return list(found.order_by("effective_from", "number"))
