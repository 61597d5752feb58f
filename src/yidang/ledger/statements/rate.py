"""So many questions a minute from one address, in each web process: checking costs a signature and a walk to the root.

Kept in memory only, for a minute, and never more than `MOST` addresses: nothing is written down about who asks.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable

PER_MINUTE = 60
MOST = 10_000
_MINUTE = 60.0


class Rate:
    """A bucket that refills steadily, for each address."""

    def __init__(self, per_minute: int = PER_MINUTE, clock: Callable[[], float] = time.monotonic) -> None:
        self._full = float(per_minute)
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def allows(self, address: str) -> bool:
        moment = self._clock()
        with self._lock:
            left, since = self._buckets.pop(address, (self._full, moment))
            left = min(self._full, left + (moment - since) * self._full / _MINUTE)
            is_allowed = left >= 1
            self._buckets[address] = (left - 1 if is_allowed else left, moment)
            while len(self._buckets) > MOST:
                self._buckets.popitem(last=False)
            return is_allowed
