"""Entries not yet anchored whose action has a time of its own."""

from functools import reduce
from operator import or_

from django.db.models import Q

from yidang.kernel.clock import now
from yidang.ledger.anchoring.rules import Pressing, delays
from yidang.ledger.models import LedgerPosition


def pressing(kept: int) -> list[Pressing]:
    """The oldest of each action behind the first `kept` entries."""
    listed = reduce(or_, (Q(entry__action__startswith=start) for start in delays()))
    rows = LedgerPosition.objects.filter(listed, position__gte=kept).order_by("position")
    oldest: dict[str, Pressing] = {}
    for action, at in rows.values_list("entry__action", "entry__at").iterator():
        oldest.setdefault(action, Pressing(action, at))
    return list(oldest.values())


def presses(kept: int) -> bool:
    at = now()
    return any(one.presses(at) for one in pressing(kept))
