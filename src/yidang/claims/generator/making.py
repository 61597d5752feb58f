"""The whole: a world, its cohorts beside each other, and what only all of them together can say."""

import csv
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from yidang.claims.generator import tables
from yidang.claims.generator.catalogue import catalogue
from yidang.claims.generator.clock import dates
from yidang.claims.generator.cohort import Made, Order, make_cohort, orders
from yidang.claims.generator.errors import OutputNotEmpty
from yidang.claims.generator.traces import prefix_of
from yidang.claims.generator.world import HOSPITAL, REGIONS, World, build_world

TRUTH = ("scheme", "line", "claim", "person", "provider", "planted")
_ROOM = 1.15  # more beds than were ever full
_DATED = {
    "deaths": ("person", "died_on"),
    "absences": ("person", "kind", "from_on", "until_on"),
    "suspensions": ("doctor", "from_on", "until_on"),
    "terminations": ("provider", "from_on", "until_on"),
}


def generate(
    *, lines: int, seed: int, out: Path, workers: int = 0, told: Callable[[int, int], None] | None = None
) -> dict[str, Any]:
    """Writes the analytics tables and `truth.csv` into `out`, which must be empty or absent.

    The same lines and seed give the same rows, however many processes made them.
    """
    if out.exists() and any(out.iterdir()):
        raise OutputNotEmpty(folder=str(out))
    out.mkdir(parents=True, exist_ok=True)
    world = build_world(lines, np.random.default_rng([seed, 1]))
    made = []
    for one in _each(world, orders(lines, seed, out), workers):
        made.append(one)
        if told:
            told(sum(part.lines for part in made), lines)
    _write_world(world, made, out)
    _write_dated(made, out)
    truth = [row for one in made for row in one.truth]
    _write_truth(truth, out)
    return _summary(made, truth, out)


def _each(world: World, todo: list[Order], workers: int) -> Iterator[Made]:
    workers = min(workers or os.cpu_count() or 1, len(todo))
    if workers == 1:
        yield from (make_cohort(world, order) for order in todo)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(make_cohort, [world] * len(todo), todo)


def _write_world(world: World, made: list[Made], out: Path) -> None:
    import pyarrow as pa

    beds = _beds(world, sum(one.beds for one in made))
    for one in made:
        beds[list(one.few_beds)] = list(one.few_beds.values())
    provider = tables.provider_codes(world)
    doctors, count = world.doctors, len(world.doctors.provider)
    specialty = [world.departments[at] for at in doctors.department]
    tables.write_one(
        pa.table(
            {
                "provider": provider,
                "kind": tables.kind_names(world),
                "level": world.level.astype(np.int8),
                "region": [REGIONS[at] for at in world.region],
                "beds": beds.astype(np.int32),
                "longitude": world.longitude,
                "latitude": world.latitude,
            }
        ),
        out / "providers",
        0,
    )
    tables.write_one(
        pa.table(
            {
                "doctor": [world.doctor_code(at) for at in range(count)],
                "provider": [provider[at] for at in doctors.provider],
                "department": specialty,
                "profession": doctors.profession,
                "specialty": specialty,
            }
        ),
        out / "doctors",
        0,
    )
    items = catalogue()
    drugs = np.flatnonzero(items.has_trace)
    products = tables.product_codes(items)
    tables.write_one(
        pa.table(
            {
                "trace_prefix": [str(at) for at in prefix_of(drugs)],
                "product": [products[at] for at in drugs],
                "item": [items.codes[at] for at in drugs],
            }
        ),
        out / "products",
        0,
    )


def _beds(world: World, occupied: Any) -> Any:
    """Enough for the fullest day of each hospital, except where too few beds are planted."""
    fullest = occupied.max(axis=1)
    return np.where(world.kind == HOSPITAL, np.maximum(np.ceil(fullest * _ROOM), 20), 0)


def _write_dated(made: list[Made], out: Path) -> None:
    import pyarrow as pa

    for table, columns in _DATED.items():
        rows = [row for one in made for row in one.dated.get(table, [])]
        made_of = {name: _dated_column(name, [row[name] for row in rows]) for name in columns}
        tables.write_one(pa.table(made_of), out / table, 0)


def _dated_column(name: str, values: list[Any]) -> Any:
    import pyarrow as pa

    if name.endswith("_on"):
        days = [None if value is None else dates(value).item() for value in values]
        return pa.array(days, type=pa.date32())
    return pa.array(values, type=pa.int64() if name == "person" else pa.string())


def _write_truth(truth: list[tuple[Any, ...]], out: Path) -> None:
    with (out / "truth.csv").open("w", encoding="utf-8", newline="") as sink:
        writer = csv.writer(sink, lineterminator="\n")
        writer.writerow(TRUTH)
        writer.writerows(truth)


def _summary(made: list[Made], truth: list[tuple[Any, ...]], out: Path) -> dict[str, Any]:
    summary = {
        "lines": sum(one.lines for one in made),
        "claims": sum(one.claims for one in made),
        "planted": sum(row[-1] for row in truth),
        "look_alikes": sum(1 - row[-1] for row in truth),
        "synthetic": True,
    }
    (out / "made.json").write_text(json.dumps(summary) + "\n", encoding="utf-8")
    return summary
