"""Labels about lines, claims, persons, doctors or institutions of a folder of claims: what the rules say of each."""
# ruff: noqa: S608 - names of columns and rules of this program

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from yidang.oversight.analytics.duck import Duck, files_of
from yidang.oversight.analytics.runner import Progress, examined, runnable
from yidang.oversight.evaluation.labelled.columns import known, named
from yidang.oversight.rules.loading import book
from yidang.oversight.scores.features import Matrix

Beside = Callable[[NDArray[np.str_]], dict[str, Matrix]]


def subject_of(headings: Sequence[str], folder: Path) -> tuple[str, str] | None:
    """The narrowest level the labels name, and the heading of its column; none where no claims lie there."""
    if not files_of(folder, "lines"):
        return None
    for subject, names in known()["subjects"].items():
        heading = named(headings, names)
        if heading:
            return subject, heading
    return None


def by_rules(folder: Path, subject: str, progress: Progress | None) -> Beside:
    """Name of the feature → its value for each of the keys: money at risk, rules that doubt, hits of each rule."""

    def told(keys: NDArray[np.str_]) -> dict[str, Matrix]:
        with examined(folder, runnable(book()), progress) as done:
            return _features(done.duck, subject, keys)

    return told


def _features(duck: Duck, subject: str, keys: NDArray[np.str_]) -> dict[str, Matrix]:
    place: dict[str, list[int]] = {}
    for at, key in enumerate(keys):
        place.setdefault(str(key), []).append(at)

    def laid(rows: list[tuple[str, float]]) -> Matrix:
        column = np.zeros(len(keys))
        for key, value in rows:
            column[place.get(key, [])] = value
        return column

    hits = duck.rows(
        f"SELECT rule, CAST({subject} AS VARCHAR), count(*) FROM doubts WHERE {subject} IS NOT NULL GROUP BY ALL"
    )
    found = {
        "规则涉及金额（元）": laid(duck.rows(_AT_RISK.format(subject=subject))),
        "存疑规则数": laid(
            duck.rows(f"SELECT CAST({subject} AS VARCHAR), count(DISTINCT rule) FROM doubts GROUP BY 1")
        ),
        "金额（元）": laid(duck.rows(_PAID[subject])),
    }
    titles = {rule.id: rule.title for rule in book()}
    for rule in sorted({rule for rule, _key, _count in hits}):
        found[f"规则{rule} {titles[rule]}"] = laid([(key, count) for one, key, count in hits if one == rule])
    return found


_AT_RISK = """
SELECT CAST({subject} AS VARCHAR), sum(most) / 100.0
FROM (SELECT {subject}, max(amount_fen) AS most FROM doubts GROUP BY {subject}, claim, line) GROUP BY 1
"""
_OF_CLAIMS = "SELECT CAST({0} AS VARCHAR), sum(fund_fen) / 100.0 FROM raw_settlements GROUP BY 1"
_PAID = {name: _OF_CLAIMS.format(name) for name in ("claim", "person", "provider", "doctor")} | {
    "line": "SELECT CAST(line AS VARCHAR), sum(amount_fen) / 100.0 FROM raw_lines GROUP BY 1"
}
