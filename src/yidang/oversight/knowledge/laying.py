"""The file that rules read (`current`), from the versions in force."""

import json
import os
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from yidang.oversight.knowledge.current import path_of_base
from yidang.oversight.knowledge.forms import forms
from yidang.oversight.knowledge.models import KnowledgeVersion
from yidang.oversight.knowledge.rules import in_turn
from yidang.oversight.knowledge.shipped import shipped

Told = tuple[date | None, str, Sequence[Mapping[str, Any]]]  # first day, of which kind alone, rows


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
    told: list[Told] = [(None, "", shipped()[table]), *((one.effective_from, one.kind, one.rows) for one in versions)]
    kinds = sorted({row.get("kind") or "" for _first, _kind, rows in told for row in rows})
    return [row for kind in kinds for row in in_turn(_of_kind(told, kind))]


def _of_kind(told: Sequence[Told], kind: str) -> list[tuple[date | None, Sequence[Mapping[str, Any]]]]:
    """A version of one kind alone leaves the rows of others as they stand."""
    return [
        (first, [row for row in rows if (row.get("kind") or "") == kind])
        for first, of, rows in told
        if of in {"", kind}
    ]


def in_force(table: str) -> list[KnowledgeVersion]:
    """In the order of their days."""
    found = KnowledgeVersion.objects.filter(table=table, state=KnowledgeVersion.State.IN_FORCE)
    return list(found.order_by("effective_from", "number"))
