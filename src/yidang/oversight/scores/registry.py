"""Writing models down: unlearnt ones for every level from the first night, learnt ones from verdicts, old ones gone."""

from typing import Any

from django.db import transaction

from yidang.kernel.clock import now
from yidang.ledger.operations import append
from yidang.oversight.desk.models import Finding, FindingState
from yidang.oversight.findings import turn
from yidang.oversight.scores.errors import no_such_model
from yidang.oversight.scores.levels import Level
from yidang.oversight.scores.models import UNLEARNT, ModelState, ScoreModel

ACTOR = "system:oversight"
SEED = 56
_SHADOWS = 3  # of one kind and level that stay on trial: verdicts on a month come in the months after it


def standing_models(level: Level) -> list[ScoreModel]:
    """Active and on trial, whose features are still those of the book."""
    known = ScoreModel.objects.filter(level=level.name).exclude(state=ModelState.RETIRED).order_by("number")
    return [one for one in known if one.features == list(level.columns)]


@transaction.atomic
def ensure_unlearnt(level: Level, month: str) -> None:
    """Nothing is learnt from verdicts, so it can stand from the first month; those of other features retire."""
    for one in ScoreModel.objects.filter(level=level.name).exclude(state=ModelState.RETIRED):
        if one.features != list(level.columns):
            retire(one)
    there = {one.kind for one in standing_models(level)}
    for kind in UNLEARNT:
        if kind not in there:
            enter(level, kind=kind, window=(month, month), seed=SEED)


@transaction.atomic
def enter(
    level: Level,
    *,
    kind: str,
    window: tuple[str, str],
    seed: int,
    trained_on: int = 0,
    data_digest: str = "",
    body: tuple[str, str] = ("", ""),
    calibration: dict[str, Any] | None = None,
    metrics: dict[str, Any] | None = None,
) -> ScoreModel:
    """On trial; the eldest on trial of its kind retires. `body`: text and digest."""
    made = ScoreModel.objects.create(
        kind=kind,
        level=level.name,
        window_from=window[0],
        window_until=window[1],
        features=list(level.columns),
        seed=seed,
        trained_on=trained_on,
        data_digest=data_digest,
        body=body[0],
        body_digest=body[1],
        calibration=calibration,
        metrics={"training": metrics or {}, "months": {}},
        trained_by=ACTOR,
        trained_at=now(),
    )
    facts = {
        "model": made.code, "kind": kind, "rows": trained_on, "from": window[0], "until": window[1],
        "data": data_digest, "body": body[1],
    }  # fmt: skip
    append(action="model.entered", actor=ACTOR, subject=made.id, facts=facts)
    elder = ScoreModel.objects.filter(level=level.name, kind=kind, state=ModelState.SHADOW).order_by("-number")
    for one in elder[_SHADOWS:]:
        retire(one)
    return made


@transaction.atomic
def retire(model: ScoreModel, *, actor: str = ACTOR, asked_by: str = "") -> None:
    """Doubts of it that nobody has judged leave the desk; what was judged or stands in a case stays."""
    model.state, model.retired_at = ModelState.RETIRED, now()
    model.save(update_fields=["state", "retired_at"])
    left = turn(Finding.objects.filter(rule=model.code, case=None), FindingState.OPEN, FindingState.SHADOW)
    facts = {"model": model.code, "left": left} | ({"asked_by": asked_by} if asked_by else {})
    append(action="model.retired", actor=actor, subject=model.id, facts=facts)


def bring_to_desk(model: ScoreModel, months: int) -> int:
    """What it doubted on trial in the newest months is work from now on."""
    known = Finding.objects.filter(rule=model.code).exclude(month="").order_by("-month")
    newest = list(known.values_list("month", flat=True).distinct()[:months])
    return turn(Finding.objects.filter(rule=model.code, month__in=newest), FindingState.SHADOW, FindingState.OPEN)


def any_model(model_id: Any, *, lock: bool = False) -> ScoreModel:
    """Raises NotFound `model_not_found`."""
    known = ScoreModel.objects.select_for_update(of=("self",)) if lock else ScoreModel.objects
    found = known.filter(id=model_id).first()
    if found is None:
        raise no_such_model()
    return found
