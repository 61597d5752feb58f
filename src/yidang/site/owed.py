"""What the submission calendar of `collection` says is owed, as `quality` counts it."""

from collections import Counter
from collections.abc import Iterable

from django.db.models import Sum
from django.db.models.functions import Coalesce

from yidang.collection.models import Obligation
from yidang.quality.filing.rules import Quarter
from yidang.quality.ports import Expected


class SubmissionCalendar:
    """A submission belongs to the quarter in which its period ends; what was waived is not owed."""

    def expected(self, quarter: Quarter) -> Iterable[Expected]:
        found: Counter[tuple[str, str]] = Counter()
        owed = Obligation.objects.filter(last_day__range=(quarter.first_day, quarter.last_day))
        counted = owed.exclude(state=Obligation.State.WAIVED).annotate(came=Coalesce(Sum("receipts__records"), 0))
        for one in counted.select_related("requirement__series"):
            found[one.institution_id or "", one.requirement.series.process] += _records(one, one.came)
        return [Expected(institution, process, count) for (institution, process), count in sorted(found.items())]


def _records(one: Obligation, came: int) -> int:
    """Where no number was agreed, a submission that did not come lacks at least one record."""
    if one.requirement.expected is not None:
        return max(one.requirement.expected, came)
    return came + (one.state != Obligation.State.MET)
