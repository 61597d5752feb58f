"""Which doubt is read next: by expected money and probability, one in ten by lot."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.expressions import Combinable, OrderBy

from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid
from yidang.kernel.money import parse_yuan
from yidang.oversight.desk.models import Finding, FindingState

WAITING = (FindingState.OPEN, FindingState.NEEDS_PAPERS)
_ORDER = (F("queue_weight").desc(), F("probability").desc(nulls_last=True), F("number").asc())
_ORDERS: dict[str, tuple[OrderBy | Combinable, ...]] = {
    "queue": _ORDER,
    "newest": (F("number").desc(),),
    "amount": (F("counted_fen").desc(), F("number").asc()),
}


@dataclass(frozen=True, slots=True)
class Filters:
    """As they stand in the address line. `state` blank: what waits for a word."""

    state: str = ""
    rule: str = ""
    provider: str = ""
    month: str = ""
    moment: str = ""
    least: str = ""
    random: str = ""
    order: str = "queue"

    @classmethod
    def of(cls, asked: Mapping[str, str]) -> Self:
        known = {field.name: asked.get(field.name, "")[:40] for field in fields(cls)}
        return cls(**(known | {"order": known["order"] if known["order"] in _ORDERS else "queue"}))

    @property
    def query(self) -> str:
        """Without what says nothing."""
        said = {key: value for key, value in asdict(self).items() if value and (key, value) != ("order", "queue")}
        return urlencode(said)

    @property
    def kept(self) -> str:
        """Before a page's number in an address."""
        return f"{self.query}&" if self.query else ""


def findings(grant: Grant, filters: Filters) -> QuerySet[Finding]:
    """In the order asked for."""
    grant.require(Permission.SEE_OVERSIGHT)
    rows = Finding.objects.select_related("case", "decided_by").filter(_state(filters), **_exact(filters))
    if filters.random:
        rows = rows.filter(random_pick=True)
    if (least := _fen(filters.least)) is not None:
        rows = rows.filter(amount_fen__gte=least)
    return rows.order_by(*_ORDERS[filters.order])


def _state(filters: Filters) -> Q:
    if filters.state in FindingState.values:
        return Q(state=filters.state)
    return Q() if filters.state == "all" else Q(state__in=WAITING)


def _exact(filters: Filters) -> dict[str, Any]:
    named = ("rule", "provider", "month", "moment")
    return {name: getattr(filters, name) for name in named if getattr(filters, name)}


def _fen(text: str) -> int | None:
    try:
        return parse_yuan(text) if text else None
    except Invalid:
        return None


def after(grant: Grant, filters: Filters, finding: Finding) -> Finding | None:
    """The next that waits behind this one in the same list, or else its first."""
    rows = findings(grant, filters).filter(state__in=WAITING).exclude(pk=finding.pk)
    behind = Q(queue_weight__lt=finding.queue_weight) | Q(
        _as_likely_at_most(finding), queue_weight=finding.queue_weight, number__gt=finding.number
    )
    in_queue = rows.filter(behind).first() if filters.order == "queue" else None
    return in_queue or rows.first()


def _as_likely_at_most(finding: Finding) -> Q:
    untold = Q(probability=None)
    return untold if finding.probability is None else untold | Q(probability__lte=finding.probability)


def rules_waiting(grant: Grant) -> list[tuple[str, int]]:
    """Code of each rule with doubts that wait, and how many."""
    grant.require(Permission.SEE_OVERSIGHT)
    rows = Finding.objects.filter(state__in=WAITING).values_list("rule").annotate(n=Count("pk"))
    return [(str(rule), int(n)) for rule, n in rows.order_by("-n", "rule")[:40]]


def waiting_count(grant: Grant) -> int:
    """For the mark beside the place in the navigation."""
    return Finding.objects.filter(state__in=WAITING).count() if grant.allows(Permission.REVIEW_FINDINGS) else 0


def waiting_money(grant: Grant) -> dict[str, int]:
    grant.require(Permission.SEE_OVERSIGHT)
    found = Finding.objects.filter(state__in=WAITING).aggregate(n=Count("pk"), fen=Sum("counted_fen"))
    return {"n": found["n"], "fen": found["fen"] or 0}
