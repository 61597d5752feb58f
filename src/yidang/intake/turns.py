"""Counting how often a reader was begun on a file or page, so that one that ends its reader is not tried for ever.

Only ends of a reader under one and the same supervisor count: when the whole process tree was killed, by a person or
a power cut, no file is to blame.
"""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Case, F, QuerySet, Value, When

from yidang.intake.limits import LIMITS

if TYPE_CHECKING:
    from yidang.intake.models import Turned

_START_TIME = 19  # field 22 of /proc/<pid>/stat, counted after the name


def this_run() -> str:
    """Names the process tree by its parent's number and start time."""
    parent = os.getppid()
    try:
        stat = Path(f"/proc/{parent}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return str(parent)
    return f"{parent}-{stat.rpartition(')')[2].split()[_START_TIME]}"


def begin(rows: "QuerySet[Any]") -> None:
    """Committed before the reader starts: one that is killed leaves nobody to count afterwards."""
    run = this_run()
    rows.update(attempts=Case(When(run=run, then=F("attempts") + 1), default=Value(1)), begun=F("begun") + 1, run=run)


def give_back(rows: "QuerySet[Any]") -> None:
    """The turn was cut short by something else, a store out of reach for one."""
    rows.update(attempts=F("attempts") - 1, begun=F("begun") - 1)


def tried(row: "Turned") -> int:
    return row.attempts if row.run == this_run() else 0


def is_worn(row: "Turned") -> bool:
    return tried(row) >= LIMITS.attempts or row.begun >= LIMITS.attempts_in_all
