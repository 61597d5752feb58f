"""A reader that hangs in foreign code cannot be stopped from Python: its process ends, and the file is counted."""

import faulthandler
from collections.abc import Iterator
from contextlib import contextmanager

FILE_SECONDS = 600  # looking at one file, a film of gigabytes to be digested among them
PAGE_SECONDS = 300

_is_on = False


def switch_on() -> None:
    """For job workers, which their supervisor starts again. Elsewhere a hanging reader ends nobody."""
    global _is_on  # noqa: PLW0603 - one process, one watch
    _is_on = True


@contextmanager
def watched(seconds: float) -> Iterator[None]:
    """Within it the process ends, with a trace of where it hung, when the time is over."""
    if not _is_on:
        yield
        return
    faulthandler.dump_traceback_later(seconds, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()
