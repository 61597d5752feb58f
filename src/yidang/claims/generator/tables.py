"""From columns to the analytics tables, one Parquet file per table, month and cohort."""

from pathlib import Path
from typing import Any

import numpy as np

from yidang.claims.generator.catalogue import Catalogue
from yidang.claims.generator.clock import dates, moments, month_names, months_of
from yidang.claims.generator.columns import Claims, Lines
from yidang.claims.generator.courses import VISITS
from yidang.claims.generator.people import People, born_on
from yidang.claims.generator.scene import Scene
from yidang.claims.generator.traces import prefix_of, product_of
from yidang.claims.generator.world import KINDS, REGIONS, World

PARTITIONED = ("settlements", "diagnoses", "operations", "lines", "traces")
_CLAIMS = 100_000_000  # numbers of one series
_LINES = 1_000_000_000


def claim_numbers(series: int, at: Any) -> Any:
    return series * _CLAIMS + np.asarray(at)


def line_numbers(series: int, at: Any) -> Any:
    return series * _LINES + np.asarray(at)


def texts(values: list[str], at: Any) -> Any:
    """A column of texts by position, as a dictionary that holds each text once, as Parquet asks."""
    import pyarrow as pa

    places = {text: place for place, text in enumerate(dict.fromkeys(values))}
    if len(places) < len(values):
        at = np.array([places[text] for text in values])[np.asarray(at, dtype=np.int32)]
    indices = pa.array(np.asarray(at, dtype=np.int32))
    return pa.DictionaryArray.from_arrays(indices, pa.array(list(places), type=pa.string()))


def nullable(values: Any, absent: Any) -> Any:
    import pyarrow as pa

    return pa.array(values, mask=absent)


def trace_codes(lines: Lines) -> Any:
    """Twenty digits: seven of the product, thirteen of the box; null where there is none."""
    import pyarrow as pa
    import pyarrow.compute as pc

    serial = pc.utf8_lpad(pc.cast(pa.array(lines.trace), pa.string()), 13, "0")
    prefix = pc.cast(pa.array(prefix_of(lines.box)), pa.string())
    whole = pc.binary_join_element_wise(prefix, serial, "")
    return pc.if_else(pa.array(lines.trace >= 0), whole, pa.scalar(None, pa.string()))


def line_table(scene: Scene, claims: Claims, lines: Lines) -> Any:
    import pyarrow as pa

    world, people, items, series = scene.world, scene.people, scene.items, scene.series
    at, medicine = lines.claim, lines.days > 0
    numbers = line_numbers(series, np.arange(len(lines)))
    return pa.table(
        {
            "line": numbers,
            "claim": claim_numbers(series, at),
            "person": people.pseudonym[claims.person[at]],
            "provider": texts(provider_codes(world), claims.provider[at]),
            "visit": texts(list(VISITS), claims.visit[at]),
            "served_at": moments(lines.minute),
            "item": texts(items.codes, lines.item),
            "class": texts(["drug", "herb", "service", "material"], _classes(items)[lines.item]),
            "fee_category": texts([f"{n:02d}" for n in range(15)], _fees(items)[lines.item]),
            "quantity": lines.quantity,
            "unit_price_fen": lines.price,
            "amount_fen": amounts(lines),
            "days_supply": nullable(lines.days.astype(np.int32), ~medicine),
            "daily_dose": nullable(lines.dose, ~medicine | (lines.dose == 0)),
            "prescription": nullable(_prescriptions(lines, items, series), lines.prescription == 0),
            "doctor": texts(doctor_codes(world), lines.doctor),
            "department": texts(world.departments, lines.department),
            "trace": trace_codes(lines),
            "reversed": claims.reversed[at],
        }
    )


def _prescriptions(lines: Lines, items: Catalogue, series: int) -> Any:
    """Herbs stand on a prescription of their own."""
    return claim_numbers(series, lines.prescription - 1) * 10 + np.where(items.is_herb[lines.item], 2, 1)


def amounts(lines: Lines) -> Any:
    return np.floor(lines.quantity * lines.price + 0.5).astype(np.int64)


def settlement_table(scene: Scene, claims: Claims, total: Any) -> Any:
    import pyarrow as pa

    world, people, pool, series = scene.world, scene.people, scene.pool, scene.series
    fund = np.floor(total * _shares(claims)).astype(np.int64)
    return pa.table(
        {
            "claim": claim_numbers(series, np.arange(len(claims))),
            "person": people.pseudonym[claims.person],
            "provider": texts(provider_codes(world), claims.provider),
            "visit": texts(list(VISITS), claims.visit),
            "admitted_at": moments(claims.admitted),
            "discharged_at": moments(claims.discharged),
            "settled_at": moments(claims.settled),
            "department": texts(world.departments, claims.department),
            "doctor": texts(doctor_codes(world), claims.doctor),
            "scheme": texts(["310", "390", "410", "510"], np.searchsorted([310, 390, 410, 510], claims.scheme)),
            "region": texts(list(REGIONS), world.region[claims.provider]),
            "main_diagnosis": texts(pool.texts, claims.dx),
            "drg": texts(pool.texts, claims.drg),
            "discharge_way": claims.way.astype(np.int8),
            "total_fen": total,
            "fund_fen": fund,
            "own_fen": total - fund,
            "reversed": claims.reversed,
        }
    )


def _shares(claims: Claims) -> Any:
    """The part the fund bears: more in a stay, more for employees; all of a birth or an injury at work."""
    stays = claims.visit == 0
    share = np.where(claims.scheme == 310, np.where(stays, 0.8, 0.6), np.where(stays, 0.65, 0.45))
    return np.where(claims.scheme >= 410, 1.0, share)


def trace_table(scene: Scene, claims: Claims, lines: Lines) -> tuple[Any, Any]:
    """The rows of `traces` and the settlement minute of each."""
    import pyarrow as pa
    import pyarrow.compute as pc

    world, people, items, series = scene.world, scene.people, scene.items, scene.series
    at = np.flatnonzero(lines.trace >= 0)
    sold = lines.take(at)
    claim = sold.claim
    many = np.bincount(sold.trace - sold.trace.min(), minlength=1)[sold.trace - sold.trace.min()] if len(at) else at
    table = pa.table(
        {
            "trace": trace_codes(sold),
            "line": line_numbers(series, at),
            "claim": claim_numbers(series, claim),
            "person": people.pseudonym[claims.person[claim]],
            "provider": texts(provider_codes(world), claims.provider[claim]),
            "region": texts(list(REGIONS), world.region[claims.provider[claim]]),
            "item": texts(items.codes, sold.item),
            "product": texts(product_codes(items), sold.box),
            "moved_at": moments(sold.minute),
            "kind": texts(["sale", "return"], np.zeros(len(at))),
            "quantity": np.where(sold.split, 1.0 / np.maximum(many, 1), 1.0),
            "is_split": sold.split,
            "document": pc.cast(pa.array(claim_numbers(series, claim) * 10 + 1), pa.string()),
        }
    )
    return table, claims.settled[claim]


def person_table(people: People) -> Any:
    import pyarrow as pa

    return pa.table(
        {
            "person": people.pseudonym,
            "sex": people.sex.astype(np.int8),
            "born_on": born_on(people),
            "scheme": texts(["310", "390"], people.scheme == 390),
            "region": texts(list(REGIONS), people.region),
            "address": people.address,
            "blood_group": pa.array(people.blood.astype(str)),
        }
    )


def write_months(table: Any, minutes: Any, folder: Path, cohort: int) -> None:
    """`table` cut by the month of settlement, hive-style."""
    import pyarrow.parquet as pq

    month = months_of(minutes)
    order = np.argsort(month, kind="stable")
    table = table.take(order)
    edges = np.searchsorted(month[order], np.arange(len(month_names()) + 1))
    for at, name in enumerate(month_names()):
        if edges[at + 1] > edges[at]:
            place = folder / f"month={name}"
            place.mkdir(parents=True, exist_ok=True)
            part = table.slice(edges[at], edges[at + 1] - edges[at])
            pq.write_table(part, place / f"part-{cohort:04d}.parquet", compression="zstd", compression_level=1)


def write_one(table: Any, folder: Path, cohort: int) -> None:
    import pyarrow.parquet as pq

    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(table, folder / f"part-{cohort:04d}.parquet", compression="zstd", compression_level=1)


def day_column(days: Any) -> Any:
    return dates(days)


def provider_codes(world: World) -> list[str]:
    return [world.provider_code(at) for at in range(len(world.kind))]


def product_codes(items: Catalogue) -> list[str]:
    return [product_of(at) for at in range(len(items.codes))]


def doctor_codes(world: World) -> list[str]:
    return [world.doctor_code(at) for at in range(len(world.doctors.provider))]


def _classes(items: Catalogue) -> Any:
    order = {"drug": 0, "herb": 1, "service": 2, "material": 3}
    return np.array([order[name] for name in items.classes])


def _fees(items: Catalogue) -> Any:
    return np.array([int(fee) for fee in items.fees])


def kind_names(world: World) -> list[str]:
    return [KINDS[kind] for kind in world.kind]
