"""季度利用分析: what was looked for and not found, what was slow, refused or failed, and what follows from it."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime, time
from functools import cache
from importlib.resources import files
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet

from yidang.access.lending import analysis_rules as rules
from yidang.access.lending.analysis_rules import Gathered, Limits, Search
from yidang.access.lending.effects import sees_all
from yidang.access.lending.models import Loan, LoanState, Use, UseAnalysis
from yidang.access.lending.searches import FAILED, PERFORMED, REFUSED
from yidang.crypto.fields import open_json, seal_json
from yidang.holdings.models import Item, ItemState, Series
from yidang.identity.policy import SYSTEM, Grant
from yidang.identity.reach import acting
from yidang.kernel import clock
from yidang.kernel.clock import CHINA
from yidang.kernel.errors import Invalid, NotAllowed, NotFound
from yidang.ledger import browsing
from yidang.ledger.browsing import Asked
from yidang.ledger.operations import append
from yidang.ledger.queries import private_facts

_TABLE = "access_use_analysis"
_OUTCOMES = {PERFORMED: "performed", REFUSED: "refused", FAILED: "failed"}
_MOST_OPENED = 5000  # entries whose sealed words are opened for one analysis
_EARLIEST = 2000


@cache
def limits() -> Limits:
    source = files("yidang.access.lending") / "data" / "analysis_rules.toml"
    read = tomllib.loads(source.read_text(encoding="utf-8"))
    return Limits(**{name: read[name] for name in Limits.__dataclass_fields__})


def require(grant: Grant) -> None:
    """Raises NotAllowed: `not_allowed`."""
    if not sees_all(grant):
        raise NotAllowed("not_allowed", permission="approve_loan")


@transaction.atomic
def analyse_use(grant: Grant, *, year: int, quarter: int) -> UseAnalysis:
    """Raises Invalid: `use_quarter_wrong` for one that has not begun."""
    require(grant)
    if quarter not in range(1, 5) or not year >= _EARLIEST or rules.first_day(year, quarter) > clock.today():
        raise Invalid("use_quarter_wrong")
    body = _body(year, quarter)
    made = UseAnalysis(year=year, quarter=quarter, made_by_id=grant.person, made_at=clock.now())
    made.sealed = seal_json(body, table=_TABLE, row=str(made.id), field="body")
    made.save()
    facts = {"year": year, "quarter": quarter, "searches": body["figures"]["searches"]}
    append(action="use.analysed", actor=grant.actor, subject=made.id, facts=facts)
    return made


def analyses_of(grant: Grant) -> QuerySet[UseAnalysis]:
    require(grant)
    return UseAnalysis.objects.select_related("made_by").order_by("-year", "-quarter", "-made_at")


def get_analysis(grant: Grant, analysis_id: UUID) -> tuple[UseAnalysis, Mapping[str, Any]]:
    """Raises NotFound: `use_analysis_not_found`."""
    found = analyses_of(grant).filter(id=analysis_id).first()
    if found is None:
        raise NotFound("use_analysis_not_found")
    body: dict[str, Any] = open_json(bytes(found.sealed), table=_TABLE, row=str(found.id), field="body")
    return found, body


def _body(year: int, quarter: int) -> dict[str, Any]:
    first, end = _midnight(rules.first_day(year, quarter)), _midnight(rules.first_day(*rules.following(year, quarter)))
    searches = list(_searches(first, end))
    found = _gathered(searches, first, end)
    bounds = limits()
    times = [one.ms for one in searches if one.outcome == "performed"]
    empty, slow = rules.without_hits(searches), rules.slow(searches, bounds.slow_ms)
    return {
        "figures": {
            "searches": len(searches),
            "median": rules.percentile(times, 0.5),
            "p95": rules.percentile(times, 0.95),
            "slow": len(slow),
            "empty": len(empty),
            "refused": sum(one.outcome == "refused" for one in searches),
            "failed": sum(one.outcome == "failed" for one in searches),
            "loans_failed": sum(found.failed_loans.values()),
        },
        "slow": [[one.words, one.ms, one.total] for one in slow[: bounds.shown]],
        "empty": rules.repeated(empty)[: bounds.shown],
        "refused": _by_code(searches),
        "classes": Counter(found.opened).most_common(bounds.shown),
        "paper": Counter(found.paper).most_common(bounds.shown),
        "proposals": [asdict(one) for one in rules.proposals(found, bounds)],
    }


def _by_code(searches: Sequence[Search]) -> list[tuple[str, int]]:
    return Counter(one.code for one in searches if one.outcome != "performed").most_common()


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), CHINA)


def _searches(first: datetime, end: datetime) -> Iterator[Search]:
    """Words are opened only of those that tell something: slow, without hits, refused, failed."""
    opened = 0
    for event in browsing.walk(Asked(since=first, until=end, actions=tuple(_OUTCOMES))):
        outcome, facts = _OUTCOMES[event.action], event.facts
        ms, total = int(facts.get("ms", 0)), int(facts.get("total", 0))
        words = ""
        is_telling = outcome != "performed" or not total or ms >= limits().slow_ms
        if is_telling and opened < _MOST_OPENED:
            words, opened = str((private_facts(event.id) or {}).get("query", "")), opened + 1
        yield Search(outcome, words, ms, total, str(facts.get("code", "")))


def _gathered(searches: Sequence[Search], first: datetime, end: datetime) -> Gathered:
    views = Counter(
        event.subject
        for event in browsing.walk(Asked(since=first, until=end, actions=("item.viewed",)))
        if event.subject
    )
    opened: Counter[str] = Counter()
    types: dict[str, Counter[str]] = {}
    with acting(SYSTEM):
        rows = Item.objects.filter(pk__in=list(views)).values_list("pk", "series", "document_type")
        for item, series, kind in rows:
            opened[series] += views[item]
            types.setdefault(series, Counter())[kind] += views[item]
        held = Item.objects.filter(state=ItemState.FILED).values_list("series", flat=True).distinct()
        unused = sorted(set(held.order_by()) - set(opened))
    return Gathered(
        searches=searches,
        opened=opened,
        paper=_paper(first, end),
        types=types,
        known=_known(),
        unused=unused,
        failed_loans=_failed_loans(first, end),
    )


def _paper(first: datetime, end: datetime) -> dict[str, int]:
    uses = Use.objects.filter(kind__in=["room", "out"], used_on__gte=first.date(), used_on__lt=end.date())
    rows = uses.values_list("loan__records__series").annotate(n=Count("loan__records")).order_by()
    return {series: n for series, n in rows if series}


def _known() -> dict[str, str]:
    """Words the scheme knows, in the bureau's language."""
    return dict(Series.objects.values_list("title_zh", "code"))


def _failed_loans(first: datetime, end: datetime) -> dict[str, int]:
    ended = Loan.objects.filter(
        state__in=[LoanState.REFUSED, LoanState.LAPSED], closed_at__gte=first, closed_at__lt=end
    )
    return dict(ended.values_list("state").annotate(n=Count("pk")).order_by())
