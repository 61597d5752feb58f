"""A full or read-only store stops the work, and nothing is lost: jobs try again by themselves, and pages say why."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from procrastinate import BaseRetryStrategy, RetryDecision, RetryStrategy
from procrastinate.jobs import Job

from yidang.kernel import clock
from yidang.kernel.errors import Unavailable

CODES = ("store_full", "store_read_only")
AGAIN_IN = 15  # seconds
_FULL = {errno.ENOSPC, errno.EDQUOT}
_FRESH = 3 * AGAIN_IN  # whoever was stopped has tried again by then


class Patience(BaseRetryStrategy):
    """For as long as the store is full, at a steady pace; a fault of another kind gets a few, growing waits."""

    _others = RetryStrategy(max_attempts=8, exponential_wait=3)

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        if reason(exception):
            return RetryDecision(retry_in={"seconds": AGAIN_IN})
        return self._others.get_retry_decision(exception=exception, job=job)


@contextmanager
def told() -> Iterator[None]:
    """Around a job: what stops it is remembered for the pages."""
    try:
        yield
    except BaseException as problem:
        if code := reason(problem):
            with suppress(OSError):  # an empty file mostly fits on a full disk, and if not, the figures stand still
                _mark(code).touch()
        raise


def stopped_by() -> str:
    """The code of what stops the work at this moment; blank when nothing does."""
    return next((code for code in CODES if _is_fresh(_mark(code))), "")


def reason(problem: BaseException | None) -> str:
    """Looks through what the error was raised from: an engine's own error may stand behind it."""
    seen: list[Any] = []
    while problem is not None and problem not in seen:
        if isinstance(problem, Unavailable) and problem.code in CODES:
            return problem.code
        if isinstance(problem, psycopg.errors.DiskFull) or (isinstance(problem, OSError) and problem.errno in _FULL):
            return CODES[0]
        seen.append(problem)
        problem = problem.__cause__ or problem.__context__
    return ""


def _is_fresh(mark: Path) -> bool:
    return mark.exists() and clock.now().timestamp() - mark.stat().st_mtime < _FRESH


def _mark(code: str) -> Path:
    home: Path = settings.YIDANG.home
    return home / "run" / f"stopped-{code}"
