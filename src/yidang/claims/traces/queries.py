"""The way of one box, and the boxes somebody must look at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yidang.claims.models import Box, BoxAlert, BoxMove, Product, Provider
from yidang.claims.traces.passed import moves_of, unscanned
from yidang.claims.traces.rules import (
    PREFIX,
    Judged,
    Kind,
    Scan,
    Standing,
    Verdict,
    after,
    family,
    judge,
    key_of,
    normal,
)
from yidang.claims.traces.scanning import TASK
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.workflow.models import Task
from yidang.workflow.operations import close_task

OUTCOMES = ("explained", "confirmed")


@dataclass(frozen=True, slots=True)
class Step:
    """`is_scanned`: at a counter; else it came with claims, and is judged here as the counter would have."""

    scan: Scan
    verdict: Verdict
    provider: Provider | None
    is_scanned: bool

    @property
    def is_doubt(self) -> bool:
        return self.verdict.holds


@dataclass(frozen=True, slots=True)
class Way:
    """From stock-in to the patient, oldest first."""

    code: str
    family: str
    box: Box | None
    steps: Sequence[Step]
    products: Sequence[Product]


@transaction.atomic
def way(grant: Grant, code: str) -> Way:
    """Shows where somebody's medicine came from, and so is on record."""
    grant.require(Permission.SEE_CLAIMS)
    text = normal(code)
    key = key_of(text)
    steps = _steps(text, code, key) if text else []
    append(action="traces.shown", actor=grant.actor, subject=key, facts={"moves": len(steps)})
    known = Product.objects.filter(trace_prefix=text[:PREFIX]) if family(text) == "A" else Product.objects.none()
    bound = list(known.select_related("list").order_by("product", "item"))
    return Way(text, family(text), Box.objects.filter(pk=key).first(), steps, bound)


def _steps(text: str, code: str, key: UUID) -> list[Step]:
    scanned = list(BoxMove.objects.filter(key=key).order_by("moved_at", "pk"))
    passed = unscanned(moves_of(code, text), ((one.kind, one.provider, one.moved_at) for one in scanned))
    told: list[tuple[Scan, Verdict | None]] = [(_scan_of(one, text), Verdict(one.verdict)) for one in scanned]
    told += [(one, None) for one in passed]
    providers = Provider.objects.in_bulk({one.provider for one, _ in told})
    return [Step(one, verdict, providers.get(one.provider), is_scanned) for one, verdict, is_scanned in _judged(told)]


def _judged(told: Sequence[tuple[Scan, Verdict | None]]) -> Iterator[tuple[Scan, Verdict, bool]]:
    """In the order in which the box went; what no counter judged is judged by what stood before."""
    known: Standing | None = None
    for one, verdict in sorted(told, key=lambda pair: (pair[0].moved_at, pair[1] is None)):
        judged = judge(one, known)
        if verdict is not None:
            judged = Judged(verdict, judged.sold)
        known = after(one, known, judged)
        yield one, judged.verdict, verdict is not None


def _scan_of(move: BoxMove, code: str) -> Scan:
    return Scan(
        code=code,
        kind=Kind(move.kind),
        provider=move.provider,
        region=move.region,
        moved_at=move.moved_at,
        person=move.person,
        claim=move.claim,
        item=move.item,
        product=move.product,
        document=str(move.document or ""),
        quantity=move.quantity,
        is_split=move.is_split,
    )


def alerts(grant: Grant, *, judged: bool = False) -> QuerySet[BoxAlert]:
    """Those that wait, the gravest first; or those somebody judged, the latest first."""
    grant.require(Permission.SEE_CLAIMS)
    if judged:
        return BoxAlert.objects.filter(closed_at__isnull=False).select_related("closed_by").order_by("-closed_at")
    return BoxAlert.objects.filter(closed_at__isnull=True).order_by("-grade", "-at")


@transaction.atomic
def close_alert(*, grant: Grant, alert_id: UUID, outcome: str) -> BoxAlert:
    """`explained` sets the box free; a confirmed one stays locked.

    Raises Invalid `trace_outcome`, NotFound `trace_alert_not_found`, Conflict `trace_alert_closed`.
    """
    grant.require(Permission.REVIEW_FINDINGS)
    if outcome not in OUTCOMES:
        raise Invalid("trace_outcome")
    found = BoxAlert.objects.select_for_update().filter(pk=alert_id).first()
    if found is None:
        raise NotFound("trace_alert_not_found")
    if found.closed_at:
        raise Conflict("trace_alert_closed")
    found.closed_at, found.closed_by_id, found.outcome = now(), grant.person, outcome
    found.save()
    others = BoxAlert.objects.filter(key=found.key).exclude(pk=found.pk)
    if outcome == "explained" and not others.exclude(outcome="explained").exists():
        Box.objects.filter(pk=found.key).update(is_locked=False)
    append(action="traces.judged", actor=grant.actor, subject=found.pk, facts={"outcome": outcome})
    if not BoxAlert.objects.filter(closed_at__isnull=True).exists():
        for task in Task.objects.filter(kind=TASK, closed_at__isnull=True):
            close_task(grant=grant, task_id=task.pk)
    return found
