"""What reaches the log: where something went wrong, never what was being handled there."""

import logging
import traceback
from types import TracebackType

_NEWS = {"job_error", "job_error_retry", "task_not_found"}
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class Discreet(logging.Formatter):
    """Tracebacks without the exceptions' messages: these may quote a name, a number or a line of a page."""

    def formatException(self, ei: ExcInfo) -> str:  # noqa: N802 - the name logging gives it
        _, problem, _ = ei
        return "".join(self._chain(problem)).rstrip() if problem else ""

    def _chain(self, problem: BaseException, told: frozenset[int] = frozenset()) -> list[str]:
        cause = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
        told |= {id(problem)}
        is_new = cause is not None and id(cause) not in told  # a chain may lead back to its own beginning
        before = [*self._chain(cause, told), "which led to\n"] if cause and is_new else []
        return [*before, *traceback.format_tb(problem.__traceback__), f"{_named(problem)}\n"]


def _named(problem: BaseException) -> str:
    """Its class and what tells of the error and of nothing else: our codes, PostgreSQL's states and constraints."""
    kind = type(problem)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if kind.__module__.startswith("yidang."):
        return f"{name}: {problem}"
    constraint = getattr(getattr(problem, "diag", None), "constraint_name", None)
    return " ".join(filter(None, (name, getattr(problem, "sqlstate", None), constraint)))


class OnlyTrouble(logging.Filter):
    """Of the job queue only what failed: two lines for every job that went well would drown it."""

    def filter(self, record: logging.LogRecord) -> bool:
        return record.levelno >= logging.WARNING or getattr(record, "action", "") in _NEWS
