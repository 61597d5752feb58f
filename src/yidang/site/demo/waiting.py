import time
from collections.abc import Callable
from typing import TypeVar

from yidang.kernel.errors import Unavailable

Found = TypeVar("Found")


def wait_for(look: Callable[[], Found | None], seconds: float, what: str) -> Found:
    """Looks until something is found.

    Raises:
        Unavailable: `demo_waited`.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if (found := look()) is not None:
            return found
        time.sleep(0.2)
    raise Unavailable("demo_waited", retryable=False, what=what, seconds=int(seconds))
