"""The jobs of this room; the keeper sets them going."""

from procrastinate import exceptions
from procrastinate.contrib.django import app

from yidang.oversight import nightly


@app.task(name="oversight.nightly", queue="intake", queueing_lock="oversight.nightly", lock="oversight.nightly")
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
