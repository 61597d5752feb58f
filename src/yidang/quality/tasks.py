"""The jobs of this room; the keeper sets them going."""

from procrastinate import exceptions
from procrastinate.contrib.django import app
from procrastinate.tasks import Task

from yidang.quality.accuracy.sampling import draw_due
from yidang.quality.completeness import looking
from yidang.quality.filing import figures

_MOST_ROUNDS = 40


@app.task(name="quality.look", queue="intake", queueing_lock="quality.look", lock="quality.look")
def look() -> None:
    """A while of looking; what is left is the next job's."""
    for _ in range(_MOST_ROUNDS):
        if not looking.look():
            return


@app.task(name="quality.count", queue="intake", queueing_lock="quality.count", lock="quality.count")
def count() -> None:
    figures.count_recent()
    draw_due()


def set_going() -> None:
    """For the keeper, who calls often."""
    if looking.has_news():
        _defer_once(look)
    if figures.is_count_due():
        _defer_once(count)


def _defer_once(task: Task[..., None, ...]) -> None:
    try:
        task.defer()
    except exceptions.AlreadyEnqueued:
        return
