"""What the keeper does here: submissions come due, what came is counted, who is late hears of it."""

from collections.abc import Callable
from datetime import date

from yidang.collection import letters, obligations, receiving, reminding
from yidang.collection.capture import folder, meeting
from yidang.kernel.clock import today

_done_on: date | None = None


def tend() -> None:
    """Every half minute; what a day brings, once a day and at start."""
    folder.pick_up()
    meeting.settle_cases()
    receiving.match_changes()
    _each_day(obligations.generate, letters.chase_again)
    reminding.remind()


def _each_day(*works: Callable[[], int]) -> None:
    """A requirement written down meanwhile is generated when it is; this is for the days that pass."""
    global _done_on  # noqa: PLW0603 - one keeper, one day
    if _done_on == today():
        return
    for work in works:
        work()
    _done_on = today()
