"""What the desk is worth, measured: claims that nobody had to read, and hours against reading them all."""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import Count, Q, QuerySet, Sum

from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.oversight.desk import counting, rules
from yidang.oversight.desk.counting import Counted
from yidang.oversight.desk.models import Finding, FindingState, Moment, Run, Verdict
from yidang.oversight.desk.queue import WAITING

DAYS = 90
# Below this many measured verdicts a saving in hours is a guess, and is not shown.
ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Measured:
    """`seconds` are of verdicts that were measured; `saved_hours` is none until there are enough of them."""

    run: Run | None
    doubted: int
    cleared: float | None
    verdicts: int
    measured: int
    median_seconds: float | None
    spent_hours: float
    saved_hours: float | None
    confirmed: float | None
    random_confirmed: float | None
    counted_fen: int
    upheld_fen: int


def measured(grant: Grant, *, days: int = DAYS) -> Measured:
    """Over the last nightly run, and the verdicts of the last `days`."""
    grant.require(Permission.SEE_OVERSIGHT)
    run = Run.objects.filter(moment=Moment.NIGHTLY, finished_at__isnull=False, claims__gt=0).order_by("-number").first()
    doubted = _doubted()
    since = now() - timedelta(days=days)
    verdicts = Verdict.objects.filter(undone_at__isnull=True, at__gte=since)
    seconds = [one for one in verdicts.values_list("seconds", flat=True) if one is not None]
    each = float(median(seconds)) if seconds else None
    claims = run.claims if run else 0
    return Measured(
        run=run,
        doubted=doubted,
        cleared=rules.cleared_share(claims, doubted),
        verdicts=verdicts.count(),
        measured=len(seconds),
        median_seconds=each,
        spent_hours=sum(seconds) / 3600,
        saved_hours=rules.saved_hours(claims, doubted, each, doubted * each)
        if each and len(seconds) >= ENOUGH
        else None,
        confirmed=_confirmed(verdicts.filter(finding__random_pick=False)),
        random_confirmed=_confirmed(verdicts.filter(finding__random_pick=True)),
        counted_fen=_sum("counted_fen", Q(state__in=[*WAITING, FindingState.CONFIRMED])),
        upheld_fen=_sum("upheld_fen", Q(state=FindingState.UPHELD)),
    )


def _doubted() -> int:
    live = Finding.objects.filter(moment=Moment.NIGHTLY, claim__isnull=False).exclude(state=FindingState.SHADOW)
    return live.values("claim").distinct().count()


def _confirmed(verdicts: QuerySet[Verdict]) -> float | None:
    """Of those confirmed or refused."""
    counts = dict(verdicts.values_list("answer").annotate(n=Count("pk")).order_by())
    judged = counts.get("confirm", 0) + counts.get("refuse", 0)
    return counts.get("confirm", 0) / judged if judged else None


def _sum(column: str, which: Q) -> int:
    return Finding.objects.filter(which).aggregate(fen=Sum(column))["fen"] or 0


def by_rule(grant: Grant) -> list[Counted]:
    """Hits, confirmed share and money of every rule that found anything."""
    grant.require(Permission.SEE_OVERSIGHT)
    return sorted(counting.by_rule().values(), key=lambda one: (-one.hits, one.rule))
