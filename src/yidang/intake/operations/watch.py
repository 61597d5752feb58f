"""A reader that hangs in foreign code cannot be stopped from Python: its process ends, and the file is counted."""

import faulthandler
from collections.abc import Iterator
from contextlib import contextmanager

FILE_SECONDS = 120  # looking at one file; hundreds of scanned pages are gone through in it
BYTES_A_SECOND = 5_000_000  # and more time for what must be deciphered and digested
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
