"""What this room makes known to those below it."""

from yidang.access.asides import add_aside
from yidang.identity import given
from yidang.quality import rectification
from yidang.quality.accuracy import reviewing
from yidang.quality.views.aside import doubts
from yidang.workflow.operations import register_deadline, register_notices


def register_all() -> None:
    given.register("quality_sample", reviewing.in_hand)
    register_deadline(rectification.DUE)
    register_notices("cure_handed_in", "cure_accepted", "cure_returned")
    add_aside("quality", "quality/_doubts.html", doubts)
