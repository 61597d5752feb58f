"""Scores over a folder without an archive behind it: peers and forests alone, shown and written nowhere."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from yidang.oversight.scores.estimators import Forest
from yidang.oversight.scores.features import Table, folder_opened, lay_month, months_of, table_of
from yidang.oversight.scores.levels import levels
from yidang.oversight.scores.peers import standing
from yidang.oversight.scores.proposing import value, worded
from yidang.oversight.scores.rating import Row, rated
from yidang.oversight.scores.registry import SEED

_TOP = 10


def look_over(folder: Path, progress: Callable[[int, int], None] | None = None) -> dict[str, Any]:
    """Of the folder's newest month.

    {"month", "seconds", "levels": {level: {"subjects", "model", "calibrated", "top": [{"subject", "provider",
    "score", "probability", "peers", "ring", "reasons": [...], "baseline", "text"}]}}}
    """
    begun = time.monotonic()
    found = {}
    with folder_opened(folder) as duck:
        month = months_of(duck)[-1]
        lay_month(duck, folder, month)
        for at, level in enumerate(levels(), 1):
            found[level.name] = _looked(table_of(duck, level, month))
            if progress:
                progress(at, len(levels()))
    return {"month": month, "seconds": round(time.monotonic() - begun, 3), "levels": found}


def _looked(table: Table) -> dict[str, Any]:
    told: dict[str, Any] = {"subjects": len(table), "model": "forest", "calibrated": False, "top": []}
    if len(table):
        done = rated(table, standing(table), Forest(SEED), None)
        told["top"] = [_shown(table, row) for row in done.rows(done.first(_TOP))]
    return told


def _shown(table: Table, row: Row) -> dict[str, Any]:
    return {
        "subject": str(table.about["subject"][row.at]),
        "provider": value(table.about["provider"], row.at) or "",
        "score": round(row.score, 4),
        "probability": row.chance,
        "peers": row.peers,
        "ring": row.ring,
        "reasons": [one._asdict() for one in row.reasons],
        "baseline": row.baseline._asdict(),
        "text": worded(table.level, row),
    }
