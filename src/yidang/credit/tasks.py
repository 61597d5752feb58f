"""The jobs of this room."""

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from yidang.credit.ports import Answers
from yidang.credit.queries import suspensions


@app.task(name="credit.publish", queue="intake", queueing_lock="credit.publish", lock="credit.publish")
def publish() -> None:
    """Who is suspended and from when to when, for those who look at what was served: codes and days, nothing else."""
    Answers.publisher.publish(suspensions())


def set_going() -> None:
    """After a decision; several in a row are published at once."""
    try:
        with transaction.atomic():  # the refusal of a second one must not take the decision with it
            publish.defer()
    except exceptions.AlreadyEnqueued:
        return
