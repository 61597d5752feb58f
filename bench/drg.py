"""Grouping cases from file to file on one core, beside the floor and the bare grouping of cases in hand.

python -m bench.drg [cases]    200,000 by default
"""

import csv
import random
import sys
import tempfile
import time
from pathlib import Path

from yidang.claims.drg.batch import group_file
from yidang.claims.drg.reading import synthetic
from yidang.claims.drg.rules import Case, Grouper

_FLOOR = 50_000  # records a second of one core
_MAIN = ("J18.9", "K35.8", "I63.9", "E11.9", "S72.0", "O80.0", "N40.x", "I25.1", "Z51.1", "M51.2")
_OTHERS = ("J96.9", "I10.x", "E11.9", "D64.9", "I50.9", "E78.5", "N18.5", "K76.0")
_OPERATIONS = ("47.01", "81.51", "36.07", "88.56", "53.00", "99.99")


def cases(count: int) -> list[Case]:
    draw = random.Random(1)
    return [
        Case(
            draw.choice(_MAIN),
            tuple(draw.sample(_OTHERS, draw.randrange(6))),
            tuple(draw.sample(_OPERATIONS, draw.randrange(3))),
            draw.randrange(1, 3),
            draw.randrange(18, 95),
        )
        for _ in range(count)
    ]


def written(made: list[Case], path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink)
        writer.writerow(("case", "main_diagnosis", "other_diagnoses", "operations", "sex", "age"))
        for number, one in enumerate(made):
            writer.writerow((number, one.main, "|".join(one.others), "|".join(one.operations), one.sex, one.age))
    return path


def main(count: int) -> None:
    grouper, made = Grouper(synthetic()), cases(count)
    started = time.process_time()
    for one in made:
        grouper.group(one)
    bare = count / (time.process_time() - started)
    print(f"in hand            {bare:10,.0f} cases a second of one core")
    with tempfile.TemporaryDirectory(prefix="yidang-bench-") as folder:
        source = written(made, Path(folder) / "in.csv")
        made.clear()
        started = time.process_time()
        group_file(grouper, source, Path(folder) / "out.csv")
        rate = count / (time.process_time() - started)
    print(f"CSV to CSV         {rate:10,.0f} cases a second of one core (floor {_FLOOR:,})")
    if rate < _FLOOR:
        sys.exit(f"slower than {_FLOOR:,} cases a second: {rate:,.0f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
