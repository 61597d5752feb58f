"""Two years of days, counted in minutes from the first midnight."""

from datetime import date, timedelta
from typing import Any

import numpy as np

START = date(2024, 7, 1)
DAYS = 730
DAY = 24 * 60
MONTHS = 24
EPOCH = np.datetime64(START.isoformat(), "us")
_MINUTE = 60_000_000


def moments(minutes: Any) -> Any:
    return EPOCH + np.asarray(minutes, dtype=np.int64) * np.timedelta64(_MINUTE, "us")


def dates(days: Any) -> Any:
    return np.datetime64(START.isoformat(), "D") + np.asarray(days, dtype=np.int64)


def day_of(when: date) -> int:
    return (when - START).days


def on(day: int) -> date:
    return START + timedelta(days=day)


def month_names() -> list[str]:
    first = START.year * 12 + START.month - 1
    return [f"{n // 12}-{n % 12 + 1:02d}" for n in range(first, first + MONTHS)]


def months_of(minutes: Any) -> Any:
    """The number of the month since the first, for an array of minutes."""
    stamps = moments(minutes).astype("datetime64[M]")
    return (stamps - np.datetime64(START.isoformat(), "M")).astype(np.int64)


def month_of_day(day: int) -> int:
    when = on(day)
    return (when.year - START.year) * 12 + when.month - START.month
