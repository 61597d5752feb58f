"""The way of one box, and the boxes somebody must look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yidang.claims.models import Box, BoxAlert, BoxMove, Product, Provider
from yidang.claims.traces.rules import PREFIX, Verdict, family, key_of, normal
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
    move: BoxMove
    provider: Provider | None

    @property
    def is_doubt(self) -> bool:
        return Verdict(self.move.verdict).holds


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
    moves = list(BoxMove.objects.filter(key=key).order_by("moved_at", "pk")) if text else []
    providers = Provider.objects.in_bulk({one.provider for one in moves})
    append(action="traces.shown", actor=grant.actor, subject=key, facts={"moves": len(moves)})
    steps = [Step(one, providers.get(one.provider)) for one in moves]
    known = Product.objects.filter(trace_prefix=text[:PREFIX]) if family(text) == "A" else Product.objects.none()
    bound = list(known.select_related("list").order_by("product", "item"))
    return Way(text, family(text), Box.objects.filter(pk=key).first(), steps, bound)


def alerts(grant: Grant) -> QuerySet[BoxAlert]:
    grant.require(Permission.SEE_CLAIMS)
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
