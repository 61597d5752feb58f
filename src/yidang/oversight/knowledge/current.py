"""The knowledge base as rules read it: what is shipped until the first imported version's day, then that version.

It lies as one file in the archive's folder, a projection of the versions: a run over a folder needs no database for it.
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from yidang.oversight.knowledge.shipped import Rows, shipped

_FILE = "knowledge.json"


def base() -> Rows:
    """Rows by table, each with the days it is in force."""
    return _base(path_of_base(), stamp())


def stamp() -> int:
    """Another number for another state of the knowledge base."""
    try:
        return path_of_base().stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=2)
def _base(path: Path, at: int) -> Rows:
    if not at:
        return shipped()
    laid: dict[str, list[dict[str, Any]]] = json.loads(path.read_text(encoding="utf-8"))
    return shipped() | laid


def path_of_base() -> Path:
    return Path(settings.YIDANG.home) / _FILE
