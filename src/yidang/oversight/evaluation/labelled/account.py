"""`oversight evaluate` over a labelled table: figures of every ranking, and the rows ranked first with reasons."""

import csv
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from yidang.kernel.harmless import harmless
from yidang.oversight.evaluation.labelled import ranking
from yidang.oversight.evaluation.labelled.columns import chosen
from yidang.oversight.evaluation.labelled.ranking import Ground, Ranked, Rows
from yidang.oversight.evaluation.labelled.reading import store
from yidang.oversight.evaluation.labelled.table import Asked, Labelled, read
from yidang.oversight.scores import figures as of
from yidang.oversight.scores.features import Matrix
from yidang.oversight.scores.models import UNLEARNT
from yidang.oversight.scores.rating import Rated, Row
from yidang.oversight.scores.reasons import sentence

_TOP, _WITH_REASONS = 20, 200
_LEAK = 0.999
_DRAWS, _FEWEST_DRAWS, _DRAWN_ROWS = 200, 20, 4_000_000  # a table of millions is drawn less often
Progress = Callable[[int, int], None]


def evaluate_table(
    path: Path, asked: Asked, out: Path | None = None, progress: Progress | None = None
) -> dict[str, Any]:
    """What the table says of every ranking, as JSON.

    {"file", "label", "key", "rows", "labelled", "positive", "features", "ignored", "at", "baseline": {"column",
    "way", "named"}, "splits": {"groups": {"rows", "positive", "models": {name: figures}}, "time": …}, "best",
    "notes", "top": [...], "seconds"}

    Raises Invalid `labelled_…` with file, row, column and what to do.
    """
    begun = time.monotonic()
    with store() as tables:
        told = read(tables, path, asked, progress)
    name, way = (chosen(path.name, told.names, asked.baseline), 1.0) if asked.baseline else ranking.best_column(told)
    base = ranking.ground(told, name)
    column = ranking.one_column(told.values[:, told.names.index(name)], way)
    at = asked.at or max(1, int(np.nansum(told.answers)))
    found = _ranked(base, progress)
    splits = {"groups": _split(told, base.known, column, found, at)}
    if told.times is not None:
        later, ranked = ranking.by_time(base, told.times)
        splits["time"] = _split(told, later, column, ranked, at)
    best = max(found, key=lambda one: splits["groups"]["models"][one.name]["ap"])
    rows = _rated(base, best)
    if out is not None:
        _write(out, told, best, rows)
    return {
        "file": told.file,
        "label": told.label,
        "key": told.key,
        "rows": len(told.answers),
        "labelled": len(base.known),
        "positive": int(np.nansum(told.answers)),
        "features": len(told.names),
        "ignored": dict(told.ignored),
        "at": at,
        "baseline": {"column": name, "way": "high" if way > 0 else "low", "named": bool(asked.baseline)},
        "splits": splits,
        "best": best.name,
        "notes": _notes(base, splits),
        "top": [_shown(told, best, row, base) for row in rows[:_TOP]],
        "seconds": round(time.monotonic() - begun, 3),
    }


def _ranked(base: Ground, progress: Progress | None) -> list[Ranked]:
    found: list[Ranked] = []
    for one in ranking.by_groups(base):
        found.append(one)
        if progress:
            progress(len(found), len(UNLEARNT) + len(ranking.LEARNT))
    return found


def _split(told: Labelled, rows: Rows, column: Matrix, found: Sequence[Ranked], at: int) -> dict[str, Any]:
    answers = told.answers[rows]
    models = {"column": _figures(told, rows, column, None, at)}
    for one in found:
        models[one.name] = _figures(told, rows, one.scores, one.chances, at)
    return {"rows": len(rows), "positive": int(answers.sum()), "models": models}


def _figures(told: Labelled, rows: Rows, scores: Matrix, chances: Matrix | None, at: int) -> dict[str, Any]:
    """Each with its 95 % interval by bootstrap over the rows."""
    answers, ranked = told.answers[rows], np.nan_to_num(scores[rows], nan=np.nanmin(scores[rows]) - 1)
    found: dict[str, Any] = {}
    draws = max(_FEWEST_DRAWS, min(_DRAWS, _DRAWN_ROWS // len(rows)))

    def tell(name: str, measure: Callable[[Any], float]) -> None:
        found[name] = round(measure(np.arange(len(rows))), 4)
        found[f"{name}_95"] = [round(one, 4) for one in of.interval(measure, len(rows), draws=draws)]

    total = max(answers.sum(), 1.0)
    tell("ap", lambda at_rows: of.average_precision(ranked[at_rows], answers[at_rows]))
    tell("precision", lambda at_rows: of.precision_at(ranked[at_rows], answers[at_rows], at))
    found["recall"] = round(float(found["precision"] * min(at, len(rows)) / total), 4)
    if told.money is not None:
        found["money"] = round(of.money_recall(ranked, np.nan_to_num(told.money[rows]) * answers, at), 4)
    if chances is not None:
        said = chances[rows]
        tell("brier", lambda at_rows: of.brier(said[at_rows], answers[at_rows]))
        tell("ece", lambda at_rows: of.calibration_error(of.calibration_bins(said[at_rows], answers[at_rows])))
        found["bins"] = [[round(one, 4) for one in each] for each in of.calibration_bins(said, answers)]
    return found


def _notes(base: Ground, splits: dict[str, Any]) -> list[str]:
    """Codes of what a reader of the figures must know."""
    models = splits["groups"]["models"]
    notes = [] if ranking.is_enough(base) else ["too_few_labels"]
    if models["column"]["ap"] >= _LEAK:
        notes.append("column_tells_all")
    if max(said["ap"] for name, said in models.items() if name != "column") <= models["column"]["ap"]:
        notes.append("no_better_than_column")
    return notes


def _rated(base: Ground, best: Ranked) -> list[Row]:
    """Ranked first, each with the reasons of the model that did not know its label."""
    scores = np.nan_to_num(best.scores, nan=np.nanmin(best.scores) - 1)
    first = np.argsort(-scores, kind="stable")[:_WITH_REASONS]
    rows: dict[int, Row] = {}
    for at, estimator in best.estimators.items():
        inside = [int(one) for one in first if best.fold[one] == at]
        told = Rated(base.table, base.standing, estimator, scores, best.chances)
        rows |= dict(zip(inside, told.rows(inside), strict=True))
    return [rows[int(one)] for one in first if int(one) in rows]


def _shown(told: Labelled, best: Ranked, row: Row, base: Ground) -> dict[str, Any]:
    answer = told.answers[row.at]
    return {
        "key": str(told.keys[row.at]),
        "label": None if np.isnan(answer) else int(answer),
        "model": best.name,
        "score": round(row.score, 4),
        "probability": None if row.chance is None else round(row.chance, 4),
        "place": row.place,
        "reasons": [one._asdict() for one in row.reasons],
        "baseline": row.baseline._asdict(),
        "text": _sentence(base, row),
    }


def _sentence(base: Ground, row: Row) -> str:
    level = base.table.level
    return sentence(
        level, row.reasons, row.baseline, peers=row.peers, ring=row.ring, is_calibrated=row.chance is not None
    )


def _write(out: Path, told: Labelled, best: Ranked, rows: Sequence[Row]) -> None:
    """Every row with its score; the first two hundred with their reasons."""
    named = {row.at: row for row in rows}
    order = np.argsort(-np.nan_to_num(best.scores, nan=-np.inf), kind="stable")
    with out.open("w", encoding="utf-8-sig", newline="") as sink:
        writer = csv.writer(sink, lineterminator="\n")
        writer.writerow([told.key or "row", "label", "score", "probability", "place", "reasons"])
        for place, at in enumerate(map(int, order), 1):
            chance = "" if best.chances is None else f"{best.chances[at]:.4f}"
            label = "" if np.isnan(told.answers[at]) else int(told.answers[at])
            writer.writerow(
                [harmless(told.keys[at]), label, f"{best.scores[at]:.6g}", chance, place, _why(named.get(at))]
            )


def _why(row: Row | None) -> str:
    if row is None:
        return ""
    said = (
        f"{one.feature}={one.value}(中位数{one.median}，第{one.percentile * 100:.1f}百分位，贡献{one.contribution})"
        for one in row.reasons
    )
    return "；".join(said)
