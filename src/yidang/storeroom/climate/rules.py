"""When air is no longer good for what lies in it. Hundredths of a degree and of a percent. Knows no framework."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

TOO_HOT, TOO_COLD, TOO_DAMP, TOO_DRY = "too_hot", "too_cold", "too_damp", "too_dry"
TEMPERATURE_SWING, HUMIDITY_SWING, SILENT = "temperature_swing", "humidity_swing", "silent"
LEVELS = (TOO_HOT, TOO_COLD, TOO_DAMP, TOO_DRY)
SWINGS = (TEMPERATURE_SWING, HUMIDITY_SWING)
KINDS = (*LEVELS, *SWINGS, SILENT)
DAY = timedelta(days=1)
_LEAST_HOURS = 12  # less than half a day says nothing of a day


@dataclass(frozen=True, slots=True)
class Limit:
    """None: nothing is asked. A day's change counts to either side of the day's mean."""

    medium: str
    temperature_low: int | None
    temperature_high: int | None
    humidity_low: int | None
    humidity_high: int | None
    temperature_change: int | None
    humidity_change: int | None


@dataclass(frozen=True, slots=True)
class Air:
    temperature: int
    humidity: int


@dataclass(frozen=True, slots=True)
class Hour:
    """One hour of one sensor, as it is kept for ever."""

    count: int
    temperature_low: int
    temperature_high: int
    temperature_sum: int
    humidity_low: int
    humidity_high: int
    humidity_sum: int


@dataclass(frozen=True, slots=True)
class Breach:
    """`value` is the worst of what was looked at."""

    kind: str
    value: int
    limit: int


def breaches(air: Air, limit: Limit) -> Iterator[Breach]:
    """What one reading alone would say."""
    if limit.temperature_high is not None and air.temperature > limit.temperature_high:
        yield Breach(TOO_HOT, air.temperature, limit.temperature_high)
    if limit.temperature_low is not None and air.temperature < limit.temperature_low:
        yield Breach(TOO_COLD, air.temperature, limit.temperature_low)
    if limit.humidity_high is not None and air.humidity > limit.humidity_high:
        yield Breach(TOO_DAMP, air.humidity, limit.humidity_high)
    if limit.humidity_low is not None and air.humidity < limit.humidity_low:
        yield Breach(TOO_DRY, air.humidity, limit.humidity_low)


def judge(last: Sequence[Air], limit: Limit, *, n: int, m: int) -> list[Breach]:
    """The kinds that at least `n` of the last `m` readings (the newest at the end) agree on, each with its worst."""
    found = [breach for air in last[-m:] for breach in breaches(air, limit)]
    kinds = {breach.kind for breach in found}
    agreed = [kind for kind in LEVELS if kind in kinds and sum(one.kind == kind for one in found) >= n]
    return [max((one for one in found if one.kind == kind), key=_excess) for kind in agreed]


def _excess(breach: Breach) -> int:
    return abs(breach.value - breach.limit)


def is_over(kind: str, last: Sequence[Air], limit: Limit, *, m: int) -> bool:
    """An alarm ends when the last `m` readings are all within the limits again: no alarm flickers at the edge."""
    some = last[-m:]
    return len(some) == m and not any(breach.kind == kind for air in some for breach in breaches(air, limit))


def swings(hours: Sequence[Hour], limit: Limit) -> list[Breach]:
    """Of the last day: how far it went from its mean to either side."""
    if len(hours) < _LEAST_HOURS:
        return []
    count = sum(hour.count for hour in hours)
    pairs = (
        (
            TEMPERATURE_SWING,
            limit.temperature_change,
            sum(hour.temperature_sum for hour in hours) / count,
            min(hour.temperature_low for hour in hours),
            max(hour.temperature_high for hour in hours),
        ),
        (
            HUMIDITY_SWING,
            limit.humidity_change,
            sum(hour.humidity_sum for hour in hours) / count,
            min(hour.humidity_low for hour in hours),
            max(hour.humidity_high for hour in hours),
        ),
    )
    found = [(kind, allowed, round(max(high - mean, mean - low))) for kind, allowed, mean, low, high in pairs]
    return [Breach(kind, moved, allowed) for kind, allowed, moved in found if allowed is not None and moved > allowed]


def silent_since(
    last_at: datetime, every_seconds: int, *, now: datetime, missed: int, at_least: int
) -> timedelta | None:
    """How long nothing came, once that is too long."""
    patience = timedelta(seconds=max(every_seconds * missed, at_least))
    quiet = now - last_at
    return quiet if quiet > patience else None


def mean(total: int, count: int) -> float:
    return total / count / 100 if count else 0.0


def hundredths(value: float) -> int:
    return round(value * 100)


def share_outside(rows: Iterable[tuple[int, int]]) -> float:
    """Of (outside, count) pairs."""
    counts = list(rows)
    total = sum(count for _, count in counts)
    return sum(outside for outside, _ in counts) / total if total else 0.0
