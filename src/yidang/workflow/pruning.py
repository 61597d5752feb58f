"""Old notices leave the house: what was sent, what never arrived, what was read. The ledger keeps the proofs."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from yidang.kernel import clock
from yidang.ledger.operations import append
from yidang.workflow.models import Delivery, DeliveryState, Notice

_EVERY = timedelta(hours=1)
_AT_ONCE = 1000
_SETTLED = (DeliveryState.SENT, DeliveryState.DEAD)


def prune_when_due() -> int:
    """For the keeper, who calls often: looks once an hour."""
    days = settings.YIDANG.notice_keep_days
    mark: Path = settings.YIDANG.home / "run" / "notices-pruned"
    if not days or (mark.exists() and clock.now().timestamp() - mark.stat().st_mtime < _EVERY.total_seconds()):
        return 0
    pruned = prune(clock.now() - timedelta(days=days))
    mark.parent.mkdir(parents=True, exist_ok=True)
    mark.touch()
    return pruned


def prune(before: datetime) -> int:
    """Deliveries settled and notices read, both made before then; how many. In steps, each with its ledger row."""
    done = 0
    while step := _prune_some(before):
        done += step
    return done


@transaction.atomic
def _prune_some(before: datetime) -> int:
    settled = _some(Delivery.objects.filter(state__in=_SETTLED, made_at__lt=before, settled_at__lt=before))
    read = _some(Notice.objects.filter(made_at__lt=before, read_at__lt=before))
    if not settled and not read:
        return 0
    Delivery.objects.filter(pk__in=settled).delete()
    Notice.objects.filter(pk__in=read).delete()
    facts = {"deliveries": len(settled), "notices": len(read), "before": before.date().isoformat()}
    append(action="notice.pruned", actor="system:outbox", facts=facts)
    return len(settled) + len(read)


def _some(rows: QuerySet[Any]) -> list[UUID]:
    """Locked: a dead letter that somebody is sending again just now stays."""
    return list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:_AT_ONCE])
