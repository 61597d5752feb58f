"""Each duty done for the copies leaves one row and one entry of the ledger."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from yidang.kernel.clock import now
from yidang.ledger.operations import append
from yidang.preservation.models import CopyDuty

_TOLD = {
    "run",
    "objects",
    "versions",
    "ledger_size",
    "ledger_root",
    "differences",
    "healed",
    "rpo_seconds",
    "rto_seconds",
}


def record(
    *, kind: CopyDuty.Kind, place: str, started_at: datetime, is_sound: bool, facts: Mapping[str, Any], actor: str
) -> CopyDuty:
    with transaction.atomic():
        duty = CopyDuty.objects.create(
            kind=kind, place=place, started_at=started_at, ended_at=now(), is_sound=is_sound, facts=dict(facts)
        )
        told = {name: value for name, value in facts.items() if name in _TOLD}
        append(action=f"copies.{kind}", actor=actor, facts={"sound": is_sound, **told})
    return duty


def newest(kind: CopyDuty.Kind, *, is_sound: bool | None = None) -> CopyDuty | None:
    done = CopyDuty.objects.filter(kind=kind)
    if is_sound is not None:
        done = done.filter(is_sound=is_sound)
    return done.order_by("-started_at").first()
