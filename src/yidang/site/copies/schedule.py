"""When something is due, by the clock and by what was done last. Pure."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from yidang.kernel.errors import Invalid

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
CHECK_EVERY = timedelta(days=7)
DRILL_EVERY = timedelta(days=30)
SCRUB_EVERY = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Schedule:
    """`day`: 0 for Monday … 6, None for every day. The hour is UTC."""

    day: int | None
    at: time

    @property
    def period(self) -> timedelta:
        return _DAY if self.day is None else 7 * _DAY

    def last_before(self, now: datetime) -> datetime:
        """The newest scheduled moment that is not later than now."""
        found = now.replace(hour=self.at.hour, minute=self.at.minute, second=0, microsecond=0)
        while found > now or (self.day is not None and found.weekday() != self.day):
            found -= _DAY
        return found


def parse(text: str) -> Schedule:
    """`daily 01:30` or `sun 01:30`. Raises Invalid `setting_value`."""
    try:
        day, clock = text.split()
        number = None if day == "daily" else DAYS.index(day)
        return Schedule(number, time.fromisoformat(clock))
    except ValueError:
        allowed = "daily HH:MM, mon HH:MM … sun HH:MM"
        raise Invalid("setting_value", name="YIDANG_BACKUP_SCHEDULE", value=text, allowed=allowed) from None


def is_due(schedule: Schedule, last: datetime | None, now: datetime) -> bool:
    return last is None or last < schedule.last_before(now)


def is_late(schedule: Schedule, last: datetime | None, since: datetime, now: datetime) -> bool:
    """A whole period and a quarter have passed since the last sound one, or since there was anything to copy."""
    return now - (last or since) > schedule.period * 1.25
