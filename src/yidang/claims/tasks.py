"""The jobs of this room."""

from uuid import UUID

from django.db import transaction
from procrastinate import exceptions
from procrastinate.contrib.django import app

from yidang.claims.importing import uploads
from yidang.claims.traces import entering
from yidang.identity.policy import system_grant


@app.task(name="claims.import", queue="intake", lock="claims.import")
def take_in(*, batch_id: str) -> None:
    uploads.take_in(UUID(batch_id))


@app.task(name="claims.boxes", queue="intake", queueing_lock="claims.boxes")
def enter_boxes() -> None:
    entering.enter_published()


def set_going() -> None:
    """For the keeper: counters hear of the boxes of imports that are through."""
    if not entering.waiting():
        return
    try:
        with transaction.atomic():
            enter_boxes.defer()
    except exceptions.AlreadyEnqueued:
        return


@app.task(name="claims.link", queue="intake", lock="claims.import")
def link() -> None:
    from yidang.claims.history.writing import follow
    from yidang.claims.linkage.operations import link_persons

    link_persons(grant=system_grant("claims"))
    follow()
