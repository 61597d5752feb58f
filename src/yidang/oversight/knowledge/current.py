"""The knowledge base as rules read it: what is shipped until the first imported version's day, then that version.

It lies as one file in the archive's folder, a projection of the versions: a run over a folder needs no database for it.
"""

import json
import os
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from yidang.oversight.knowledge.forms import forms
from yidang.oversight.knowledge.models import KnowledgeVersion
from yidang.oversight.knowledge.rules import in_turn
from yidang.oversight.knowledge.shipped import Rows, shipped

_FILE = "knowledge.json"


def base() -> Rows:
    """Rows by table, each with the days it is in force."""
    return _base(_path(), stamp())


def stamp() -> int:
    """Another number for another state of the knowledge base."""
    try:
        return _path().stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=2)
def _base(path: Path, at: int) -> Rows:
    if not at:
        return shipped()
    laid: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return shipped() | laid


def lay_down() -> None:
    """The file anew, from the versions in force; none where nothing was imported."""
    laid = {table: _rows(table) for table in forms()}
    told = {table: rows for table, rows in laid.items() if rows is not None}
    if not told:
        _path().unlink(missing_ok=True)
        return
    fresh = _path().with_suffix(".new")
    fresh.write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")
    with fresh.open("rb") as written:
        os.fsync(written.fileno())
    fresh.replace(_path())


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


def _path() -> Path:
    return Path(settings.YIDANG.home) / _FILE
