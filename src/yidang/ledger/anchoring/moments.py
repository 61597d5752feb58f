"""What the clocks of others say about ours.

An entry that was not yet there when a witness saw the log cannot be older than that moment; one that was there cannot
be younger. A transaction may be long and clocks differ a little: `TOLERANCE` is granted to both.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from yidang.ledger.events import read_time

TOLERANCE = timedelta(minutes=10)
_AT = re.compile(rb'"at":"([0-9TZ:.\-]+)"')  # inside another value the quotes would be escaped
_ALWAYS, _NEVER = datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """At `at`, by its own clock, `place` had seen the first `size` entries and no more."""

    size: int
    at: datetime
    place: str


@dataclass(frozen=True, slots=True)
class Wrong:
    """A run of entries that contradict one clock."""

    is_backdated: bool
    first: int
    last: int
    place: str


class Bounds:
    """Between which moments each entry must have been written."""

    def __init__(self, moments: Sequence[Moment]) -> None:
        ordered = sorted(moments, key=lambda one: one.size)
        self._sizes = [one.size for one in ordered]
        self._after = [Moment(0, _ALWAYS, ""), *_running(ordered, latest=True)]
        self._before = [*reversed(_running(ordered[::-1], latest=False)), Moment(0, _NEVER, "")]

    def of(self, position: int) -> tuple[Moment, Moment]:
        place = bisect_right(self._sizes, position)
        return self._after[place], self._before[place]


def _running(moments: Sequence[Moment], *, latest: bool) -> list[Moment]:
    found: list[Moment] = []
    for one in moments:
        takes = not found or (one.at > found[-1].at) == latest
        found.append(one if takes else found[-1])
    return found


def wrong_times(entries: Iterable[bytes], moments: Sequence[Moment]) -> list[Wrong]:
    """Runs of entries with times that cannot be, in the order of the log."""
    runs: list[Wrong] = []
    for one in _wrong(entries, Bounds(moments)):
        before = runs[-1] if runs else None
        if before and (before.is_backdated, before.place, before.last + 1) == (one.is_backdated, one.place, one.first):
            runs[-1] = Wrong(one.is_backdated, before.first, one.last, one.place)
        else:
            runs.append(one)
    return runs


def _wrong(entries: Iterable[bytes], bounds: Bounds) -> Iterator[Wrong]:
    for position, entry in enumerate(entries):
        written = _written(entry)
        after, before = bounds.of(position)
        if written is None:
            continue
        if after.place and written < after.at - TOLERANCE:
            yield Wrong(True, position, position, after.place)
        elif before.place and written > before.at + TOLERANCE:
            yield Wrong(False, position, position, before.place)


def _written(entry: bytes) -> datetime | None:
    found = _AT.search(entry)
    try:
        return read_time(found[1].decode()) if found else None
    except ValueError:
        return None
