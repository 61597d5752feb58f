"""A dozen figures of the archive, each with the list behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q, Sum
from django.urls import reverse

from yidang.access.lending.models import Loan, LoanState, Use
from yidang.collection.models import Obligation
from yidang.identity.policy import Grant, Permission
from yidang.insight.counting import newest
from yidang.kernel.clock import now, today
from yidang.quality.models import Case, CaseState, Rate, SampleItem
from yidang.storeroom.models import Alarm


@dataclass(frozen=True)
class Figure:
    """`value` is None where nothing was counted yet; `kind`: count, share or bytes; `address` opens what is behind."""

    code: str
    value: float | None
    kind: str
    address: str
    is_wanting: bool = False


@dataclass(frozen=True)
class Dashboard:
    counted_at: datetime
    figures: list[Figure]


def dashboard(grant: Grant) -> Dashboard:
    """Raises NotAllowed without SEE_FIGURES."""
    grant.require(Permission.SEE_FIGURES)
    snapshot = newest()
    return Dashboard(snapshot.made_at, [*_holdings(snapshot.figures), *_quality(), *_late(), *_use(), *_room()])


def _holdings(counted: dict[str, Any]) -> Iterator[Figure]:
    items, tree = counted["items"], reverse("holdings:tree")
    yield Figure("items", items, "count", tree)
    filed, year = reverse("holdings:filed"), today().year
    yield Figure("filed_this_year", counted["filed_by_year"].get(str(year), 0), "count", f"{filed}?year={year}")
    digitised = (items - counted["paper_only"]) / items if items else None
    yield Figure("digitised", digitised, "share", f"{filed}?paper=yes")
    yield Figure("bytes", counted["bytes"], "bytes", reverse("holdings:tiers"))
    yield Figure("due", counted["due"], "count", reverse("disposition:due"), is_wanting=counted["due"] > 0)


def _quality() -> Iterator[Figure]:
    quarter = Rate.objects.order_by("-quarter").values_list("quarter", flat=True).first()
    sums = Rate.objects.filter(quarter=quarter).aggregate(filed=Sum("filed"), owed=Sum("owed"))
    yield Figure("filing_rate", _share(sums["filed"], sums["owed"]), "share", reverse("quality:home"))
    fields = SampleItem.objects.filter(compared_at__isnull=False).aggregate(wrong=Sum("wrong"), all=Sum("compared"))
    yield Figure("error_rate", _share(fields["wrong"], fields["all"]), "share", reverse("quality:samples"))
    late = Case.objects.exclude(state=CaseState.CLOSED).filter(deadline__lt=today()).count()
    yield Figure("late_cases", late, "count", reverse("quality:cases") + "?show=late", is_wanting=late > 0)


def _late() -> Iterator[Figure]:
    owed = Obligation.objects.filter(state__in=("open", "partial"), due_on__lt=today()).count()
    yield Figure("overdue_material", owed, "count", reverse("collection:overdue"), is_wanting=owed > 0)
    out = Loan.objects.filter(Q(state=LoanState.OUT) & Q(until__lt=now())).count()
    yield Figure("overdue_loans", out, "count", reverse("lending:overdue_loans"), is_wanting=out > 0)


def _use() -> Iterator[Figure]:
    used = Use.objects.filter(used_on__year=today().year).aggregate(persons=Sum("persons"), items=Sum("items"))
    yield Figure("use_persons", used["persons"] or 0, "count", reverse("lending:use_statistics"))
    yield Figure("use_items", used["items"] or 0, "count", reverse("lending:use_statistics"))


def _room() -> Iterator[Figure]:
    alarms = Alarm.objects.filter(ended_at__isnull=True).count()
    yield Figure("alarms", alarms, "count", reverse("storeroom:climate"), is_wanting=alarms > 0)


def _share(part: int | None, whole: int | None) -> float | None:
    return (part or 0) / whole if whole else None
