"""The night's scores: models measured by what persons said, made anew once a month, asked for doubts."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from yidang.claims.history import folder as history
from yidang.kernel.clock import now
from yidang.oversight.analytics.duck import Duck
from yidang.oversight.desk.models import Verdict
from yidang.oversight.findings import finish_run, record_findings, start_run
from yidang.oversight.models import Run
from yidang.oversight.scores import training
from yidang.oversight.scores.calibration import fitted
from yidang.oversight.scores.estimators import read
from yidang.oversight.scores.features import Table, folder_opened, lay_month, months_of, table_of
from yidang.oversight.scores.levels import Level, levels
from yidang.oversight.scores.measuring import matched, month_of
from yidang.oversight.scores.models import UNLEARNT, ScoreModel
from yidang.oversight.scores.peers import Standing, standing
from yidang.oversight.scores.promoting import MONTHS
from yidang.oversight.scores.proposing import proposals
from yidang.oversight.scores.rating import Rated, rated
from yidang.oversight.scores.registry import ensure_unlearnt, standing_models
from yidang.oversight.scores.verdicts import Answer, answers_of

SCORED, MEASURED = MONTHS, 4  # the newest months
_LATELY = timedelta(days=28)
Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Scored:
    """`models`: code → (month, new doubts, known doubts) of each pass."""

    months: Sequence[str] = ()
    seconds: float = 0.0
    models: list[dict[str, Any]] = field(default_factory=list)


def score_over(folder: Path | None = None, progress: Progress | None = None) -> Scored:
    """Writes doubts, figures and new models; one month in memory at a time."""
    begun = time.monotonic()
    place = folder or history()
    with folder_opened(place) as duck:
        months = months_of(duck)
        _learn(duck, place, months)
        for level in levels():
            ensure_unlearnt(level, months[-1])
        done = _over_months(duck, place, months, progress)
    done.seconds = round(time.monotonic() - begun, 3)
    return done


def _learn(duck: Duck, place: Path, months: Sequence[str]) -> None:
    due = {level.name: training.months_to_learn(level, months) for level in levels() if training.is_due(level)}
    parts: dict[str, list[training.Judged]] = {name: [] for name in due}
    for month in sorted({month for known in due.values() for month in known}):
        lay_month(duck, place, month)
        for level in levels():
            if month in due.get(level.name, []):
                table = table_of(duck, level, month)
                answers = answers_of(level, [month])[month]
                parts[level.name].append(training.judged_rows(table, standing(table).z, answers))
    for level in levels():
        if parts.get(level.name):
            training.retrain(level, parts[level.name], (due[level.name][0], due[level.name][-1]))


def _over_months(duck: Duck, place: Path, months: Sequence[str], progress: Progress | None) -> Scored:
    told = Scored(months=list(months[-SCORED:]))
    asked = [(one.code, one.kind) for level in levels() for one in standing_models(level)]
    run = start_run(engine="models", rules=asked)
    wanted = months[-MEASURED:]
    for at, month in enumerate(wanted, 1):
        told.models += _over_month(duck, place, month, run, is_scored=month in told.months)
        if progress:
            progress(at, len(wanted))
    # The rules of the same night have told which claims were looked at: counted here again they would seem twice.
    finish_run(run, claims=0, lines=0)
    return told


def _over_month(duck: Duck, place: Path, month: str, run: Run, *, is_scored: bool) -> list[dict[str, Any]]:
    """An elder month is gone through only for the levels of which something was judged in it."""
    answers = {level.name: answers_of(level, [month])[month] for level in levels()}
    wanted = [level for level in levels() if is_scored or answers[level.name]]
    if wanted:
        lay_month(duck, place, month)
    told = []
    for level in wanted:
        table = table_of(duck, level, month)
        if len(table):
            told += _of_level(run, table, answers[level.name], is_scored=is_scored)
    return told


def _of_level(run: Run, table: Table, answers: Sequence[Answer], *, is_scored: bool) -> list[dict[str, Any]]:
    stands = standing(table)
    told = []
    for model in standing_models(table.level):
        found = _rated(model, table, stands)
        if is_scored:
            new, known = record_findings(run, proposals(model, found))
            told.append(_line(model, table, new, known))
        _measure(model, found, answers)
    return told


def _rated(model: ScoreModel, table: Table, stands: Standing) -> Rated:
    estimator = read(model.kind, model.body, model.body_digest, model.seed)
    return rated(table, stands, estimator, model.calibration)


def _line(model: ScoreModel, table: Table, new: int, known: int) -> dict[str, Any]:
    return {
        "model": model.code,
        "level": table.level.name,
        "kind": model.kind,
        "state": str(model.state),
        "month": table.month,
        "subjects": len(table),
        "calibrated": model.calibration is not None,
        "new": new,
        "known": known,
    }


def _measure(model: ScoreModel, found: Rated, answers: Sequence[Answer]) -> None:
    """Only on months it did not learn from."""
    month = found.table.month
    if month <= model.window_until:
        return
    figures = month_of(found, answers, capacity(found.table.level))
    if figures is None:
        return
    model.metrics = {**model.metrics, "months": {**model.metrics.get("months", {}), month: figures}}
    if model.kind in UNLEARNT and model.calibration is None:
        rows, said, weights = matched(found.table.about["subject"], answers)
        model.calibration = fitted(found.scores[rows], said, weights)
    model.save(update_fields=["metrics", "calibration"])


def capacity(level: Level) -> int:
    """Verdicts of the last four weeks on doubts of this level; at least what a model proposes."""
    given = Verdict.objects.filter(
        at__gte=now() - _LATELY, undone_at__isnull=True, finding__level=level.finding
    ).count()
    return max(given, level.propose)
