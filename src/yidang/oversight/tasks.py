"""The jobs of this room; the keeper sets them going."""

from procrastinate import RetryStrategy, exceptions
from procrastinate.contrib.django import app

from yidang.oversight import nightly

# An import may put other files into the history under its hands; what was doubted before is known again.
_AGAIN = RetryStrategy(max_attempts=3, wait=120)


@app.task(
    name="oversight.nightly",
    queue="intake",
    queueing_lock="oversight.nightly",
    lock="oversight.nightly",
    retry=_AGAIN,
)
def run_nightly() -> None:
    from yidang.oversight.scores.night import score_over

    nightly.run_over()
    score_over()


def set_going() -> None:
    """For the keeper, who calls often."""
    if not nightly.is_due():
        return
    try:
        run_nightly.defer()
    except exceptions.AlreadyEnqueued:
        return
