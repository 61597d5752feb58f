"""Time, in one place, so that a test can hold it still."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

CHINA = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    return datetime.now(UTC)


def today() -> date:
    """The date on the wall of the bureau."""
    return now().astimezone(CHINA).date()
