"""Reading the registry: every model with its last month, and one model with all that speaks for and against it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yidang.identity.policy import Grant, Permission
from yidang.ledger.operations import append
from yidang.oversight.desk.evidence import Evidence, evidence_of
from yidang.oversight.desk.models import Finding
from yidang.oversight.scores.gate import Fall, Month, falls
from yidang.oversight.scores.levels import Level, level_of
from yidang.oversight.scores.models import ModelState, ScoreModel
from yidang.oversight.scores.promoting import compared, heard_now, waiting_approval
from yidang.oversight.scores.registry import any_model
from yidang.workflow.models import Approval

_TOP = 10
_ORDER = {ModelState.ACTIVE: 0, ModelState.SHADOW: 1, ModelState.RETIRED: 2}


@dataclass(frozen=True, slots=True)
class Listed:
    """`month`: name and figures of the last month it was measured on."""

    model: ScoreModel
    level: Level
    month: tuple[str, Month] | None


@dataclass(frozen=True, slots=True)
class Account:
    """`compared`: the month that decides, its figures, those of who is heard. `top`: its doubts ranked first."""

    model: ScoreModel
    level: Level
    months: Sequence[tuple[str, Month]]
    compared: tuple[str, Month, Month | None] | None
    falls: Sequence[Fall]
    heard: ScoreModel | None
    approval: Approval | None
    top: Sequence[tuple[Finding, Evidence]]


def listed(grant: Grant) -> list[Listed]:
    """By level; who is heard first, the retired last."""
    grant.require(Permission.SEE_OVERSIGHT)
    known = ScoreModel.objects.defer("body").order_by("level", "-number")
    rows = [Listed(one, level_of(one.level), _last(months_of(one))) for one in known]
    return sorted(rows, key=lambda row: (row.model.level, _ORDER[ModelState(row.model.state)], -row.model.number))


@transaction.atomic
def open_model(grant: Grant, model_id: UUID) -> Account:
    """Writes down that the doubts on it were shown. Raises NotFound `model_not_found`."""
    grant.require(Permission.SEE_OVERSIGHT)
    model = any_model(model_id)
    append(action="model.shown", actor=grant.actor, subject=model.id, facts={"model": model.code})
    found = compared(model) if model.state == ModelState.SHADOW else None
    return Account(
        model=model,
        level=level_of(model.level),
        months=months_of(model)[::-1],
        compared=found,
        falls=falls(found[1], found[2]) if found else (),
        heard=heard_now(model.level),
        approval=waiting_approval(model),
        top=_top(model),
    )


def months_of(model: ScoreModel) -> list[tuple[str, Month]]:
    return sorted(model.metrics.get("months", {}).items())


def _last(months: Sequence[tuple[str, Month]]) -> tuple[str, Month] | None:
    return months[-1] if months else None


def _top(model: ScoreModel) -> list[tuple[Finding, Evidence]]:
    """Of the newest month, as they were ranked; those by lot are no work of the model."""
    rows = Finding.objects.filter(rule=model.code, entry_chance=1.0).order_by("-month", "number")[:_TOP]
    return [(one, evidence_of(one)) for one in rows]
