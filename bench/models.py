"""What the models of doubt find of what was planted, on months and on institutions they never saw.

    python -m bench.models [LINES] [SEED]

Beside each model stands the one column an inspector would sort by. A subject counts as planted when one of its
settlements of the month is. Models learn from every planted subject of the training months and from one in ten of the
others, drawn by lot, with ten times its weight, as the desk's verdicts are. Clean look-alikes are never marked.
"""

import csv
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

LINES, SEED = 200_000, 56
CAPACITY = {"claim": 50, "doctor": 20, "person": 20, "provider": 5, "pharmacy": 5}  # of one month
TRAINED = 0.6  # of the months in which anything was planted
LOT = 0.1
LEAST = 20  # planted in training; below, nothing is learnt
NAMES = ("column", "forest", "copod", "logistic", "lightgbm")


class Rows(NamedTuple):
    """Of one level over several months. `column`: the baseline; `fen`: what the fund paid; `alike`: look-alikes."""

    z: Any
    column: Any
    forest: Any
    copod: Any
    planted: Any
    alike: Any
    fen: Any
    houses: Any
    month: Any


def marked(folder: Path) -> tuple[set[int], set[int]]:
    """Claims that are planted, and those that only look like it."""
    with (folder / "truth.csv").open(encoding="utf-8", newline="") as source:
        rows = [row for row in csv.DictReader(source) if row["claim"]]
    planted = {int(row["claim"]) for row in rows if row["planted"] == "1"}
    return planted, {int(row["claim"]) for row in rows} - planted


def collected(folder: Path) -> dict[str, Rows]:
    """Every level over every month in which something was planted."""
    from yidang.oversight.scores.features import folder_opened, lay_month, months_of, table_of
    from yidang.oversight.scores.levels import levels

    planted, alike = marked(folder)
    parts: dict[str, list[Rows]] = {level.name: [] for level in levels()}
    with folder_opened(folder) as duck:
        for at, month in enumerate(months_of(duck)):
            lay_month(duck, folder, month)
            named = subjects(duck, planted), subjects(duck, alike)
            if sum(map(len, named[0].values())):
                for level in levels():
                    parts[level.name].append(rows_of(table_of(duck, level, month), named, at))
    return {name: Rows(*map(np.concatenate, zip(*told, strict=True))) for name, told in parts.items()}


def subjects(duck: Any, claims: set[int]) -> dict[str, set[str]]:
    """The claims of this month, and whom they name, as each level calls its subjects."""
    rows = [row for row in duck.rows("SELECT claim, doctor, person, provider FROM stay") if row[0] in claims]
    found = {name: {str(row[at]) for row in rows} for at, name in enumerate(("claim", "doctor", "person", "provider"))}
    return found | {"pharmacy": found["provider"]}


def rows_of(table: Any, named: tuple[dict[str, set[str]], dict[str, set[str]]], month: int) -> Rows:
    from yidang.oversight.scores.copula import Copula
    from yidang.oversight.scores.estimators import Forest
    from yidang.oversight.scores.peers import standing

    z = standing(table).z
    keys = [str(one) for one in table.about["subject"]]
    planted = np.array([key in named[0][table.level.name] for key in keys], dtype=float)
    alike = np.array([key in named[1][table.level.name] for key in keys], dtype=float) * (1 - planted)
    houses = np.asarray(np.ma.filled(table.about["provider"], ""), dtype=str)
    column = np.nan_to_num(table.column(table.level.baseline))
    fen = np.asarray(table.about["fund_fen"], dtype=float)
    unlearnt = Forest(SEED).scores(z), Copula().scores(z)
    return Rows(z, column, *unlearnt, planted, alike, fen, houses, np.full(len(keys), month))


def judged(rows: Rows, chance: Any) -> Any:
    from yidang.oversight.scores.training import Judged

    kept = (rows.planted == 1) | (chance.random(len(rows.planted)) < LOT)
    weights = np.where(rows.planted == 1, 1.0, 1 / LOT)
    return Judged(rows.z[kept], rows.planted[kept], weights[kept], rows.houses[kept])


def over(rows: Rows, inside: Any) -> Rows:
    return Rows(*(column[inside] for column in rows))


def by_time(rows: Rows) -> tuple[Rows, dict[str, Any], dict[str, Any]]:
    """Later months scored by models that know the earlier ones alone. The rows, scores by name, chances by name."""
    from yidang.oversight.scores import calibration
    from yidang.oversight.scores.estimators import digest_of, learnt, read
    from yidang.oversight.scores.training import unseen_scores

    months = np.unique(rows.month)
    cut = months[int(len(months) * TRAINED)]
    before, after = over(rows, rows.month < cut), over(rows, rows.month >= cut)
    scores, chances = {"column": after.column, "forest": after.forest, "copod": after.copod}, {}
    if before.planted.sum() >= LEAST:
        known = judged(before, np.random.default_rng(SEED))
        for kind in ("logistic", "lightgbm"):
            body = learnt(kind, known.z, known.answers, known.weights, SEED)
            scores[kind] = read(kind, body, digest_of(body), SEED).scores(after.z)
            fitted = calibration.fitted(unseen_scores(kind, known), known.answers, known.weights)
            chances[kind] = calibration.chances(fitted, scores[kind])
    return after, scores, chances


def by_house(rows: Rows) -> dict[str, Any]:
    """Each institution scored by models that know only others."""
    from yidang.oversight.scores.estimators import digest_of, learnt, read
    from yidang.oversight.scores.training import folds

    scores = {"column": rows.column, "forest": rows.forest, "copod": rows.copod}
    fold = folds(rows.houses)
    for kind in ("logistic", "lightgbm") if rows.planted.sum() >= LEAST else ():
        scores[kind] = np.zeros(len(rows.planted))
        for at in np.unique(fold):
            known = judged(over(rows, fold != at), np.random.default_rng(SEED))
            body = learnt(kind, known.z, known.answers, known.weights, SEED)
            scores[kind][fold == at] = read(kind, body, digest_of(body), SEED).scores(rows.z[fold == at])
    return scores


def told(name: str, rows: Rows, scores: Any, chances: Any, capacity: int) -> float:
    """Prints one line; AP."""
    from yidang.oversight.scores import figures as of

    count = len(rows.planted)
    ap = of.average_precision(scores, rows.planted)
    low, high = of.interval(lambda at: of.average_precision(scores[at], rows.planted[at]), count)
    precision = of.precision_at(scores, rows.planted, capacity)
    few, many = of.interval(lambda at: of.precision_at(scores[at], rows.planted[at], capacity), count)
    first = np.argsort(-scores, kind="stable")[:capacity]
    line = (
        f"  {name:<9} AP {ap:.3f} [{low:.3f}-{high:.3f}]  precision@{capacity} {precision:.3f} [{few:.3f}-{many:.3f}]"
    )
    line += f"  money {of.money_recall(scores, rows.fen * rows.planted, capacity):.3f}"
    line += f"  look-alikes among them {int(rows.alike[first].sum())}"
    if chances is not None:
        ece = of.calibration_error(of.calibration_bins(chances, rows.planted))
        worse, worst = of.interval(lambda at: of.brier(chances[at], rows.planted[at]), count)
        line += f"  Brier {of.brier(chances, rows.planted):.4f} [{worse:.4f}-{worst:.4f}]  ECE {ece:.4f}"
    print(line)
    return ap


def shown(level: str, rows: Rows) -> dict[str, dict[str, float]]:
    """AP by split and name."""
    months = Counter(rows.month.tolist())
    after, scores, chances = by_time(rows)
    capacity = CAPACITY[level] * len(set(after.month.tolist()))
    print(f"{level}: {len(rows.planted):,} rows in {len(months)} months, {int(rows.planted.sum())} planted")
    print(f" later months ({len(after.planted):,} rows, {int(after.planted.sum())} planted)")
    found = {"time": {n: told(n, after, scores[n], chances.get(n), capacity) for n in NAMES if n in scores}}
    capacity = CAPACITY[level] * len(months)
    print(" institutions never seen")
    unseen = by_house(rows)
    return found | {"house": {n: told(n, rows, unseen[n], None, capacity) for n in NAMES if n in unseen}}


def main() -> None:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yidang.site.settings")
    django.setup()
    from yidang.claims.generator.making import generate

    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    with tempfile.TemporaryDirectory(prefix="yidang-bench-") as place:
        folder = Path(place) / "claims"
        generate(lines=lines, seed=seed, out=folder, workers=2)
        begun = time.process_time()
        rows = collected(folder)
        print(f"{lines:,} lines: features and forests of {len(rows)} levels in {time.process_time() - begun:.0f} CPU s")
        found = {level: shown(level, told) for level, told in rows.items()}
    claims = found["claim"]
    behind = [split for split, said in claims.items() if said.get("lightgbm", 0) <= said["column"]]
    sys.exit(f"of settlements the model is no better than one column: {', '.join(behind)}" if behind else 0)


if __name__ == "__main__":
    main()
