"""One claim before its settlement: 200 different claims of invented persons, each with its history.

    python -m bench.precheck [LINES]

The figure is the processor's time of the one thread that answers: what else the machine does is not of it.
"""

import os
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

MOST, ASKED = 0.050, 200
_OF_PERSONS = ("settlements", "lines", "diagnoses", "operations", "traces")
Rows = list[dict[str, Any]]


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yidang.site.settings")
    django.setup()
    from yidang.claims.generator.making import generate

    with tempfile.TemporaryDirectory(prefix="yidang-bench-") as place:
        generate(lines=int(sys.argv[1]) if len(sys.argv) > 1 else 200_000, seed=56, out=Path(place) / "claims")
        late = measured(Path(place) / "claims")
    sys.exit(0 if late <= MOST else "a figure is missed")


def measured(folder: Path) -> float:
    """The 95th of a hundred, in seconds of the processor."""
    from yidang.oversight.precheck.check import check

    claims = picked(folder)
    for one in claims[:5]:
        check(one)
    own, passed = [], []
    for one in claims:
        begun, cpu = perf_counter(), process_time()
        check(one)
        own.append(process_time() - cpu)
        passed.append(perf_counter() - begun)
    late, until = (sorted(times)[int(len(times) * 0.95)] for times in (own, passed))
    print(
        f"{len(claims)} claims before settlement: median {sorted(own)[len(own) // 2] * 1000:.0f} ms, p95"
        f" {late * 1000:.0f} ms of the processor (floor {MOST * 1000:.0f}), p95 {until * 1000:.0f} ms by the clock"
    )
    return late


def picked(folder: Path) -> list[dict[str, Any]]:
    """Claims spread over the last months, as a window would ask about them."""
    import duckdb

    with duckdb.connect() as db:
        for name in (*_OF_PERSONS, "persons", "providers"):
            db.execute(
                f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{folder}/{name}/**/*.parquet',"
                " hive_partitioning = false, union_by_name = true)"
            )
        late = "settled_at >= (SELECT quantile_disc(settled_at, 0.6) FROM settlements)"
        heads = _rows(db, f"SELECT * FROM settlements WHERE {late} ORDER BY hash(claim) LIMIT ?", ASKED)
        people = [head["person"] for head in heads]
        own = {name: _by_person(db, name, people) for name in (*_OF_PERSONS, "persons")}
        houses = {row["provider"]: row for row in _rows(db, "SELECT * FROM providers")}
    return [_asked(head, own, houses) for head in heads]


def _asked(head: dict[str, Any], own: dict[str, dict[int, Rows]], houses: dict[str, Any]) -> dict[str, Any]:
    person = head["person"]
    before = {row["claim"] for row in own["settlements"][person] if row["settled_at"] < head["settled_at"]}
    mine = {name: [row for row in own[name][person] if row["claim"] == head["claim"]] for name in _OF_PERSONS[1:]}
    history = {name: [row for row in own[name][person] if row["claim"] in before] for name in _OF_PERSONS}
    about = {"person": own["persons"][person][0], "provider": houses[head["provider"]]}
    return {"settlement": dict(head), **mine, **about, "history": history}


def _by_person(db: Any, name: str, people: list[int]) -> dict[int, Rows]:
    found: dict[int, Rows] = defaultdict(list)
    for row in _rows(db, f"SELECT * FROM {name} WHERE person IN (SELECT unnest(?))", people):
        found[row["person"]].append(row)
    return found


def _rows(db: Any, sql: str, *given: Any) -> Rows:
    done = db.execute(sql, list(given))
    names = [column[0] for column in done.description]
    return [dict(zip(names, row, strict=True)) for row in done.fetchall()]


if __name__ == "__main__":
    main()
