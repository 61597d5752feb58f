"""What surrounds the lines: diagnoses, operations, boxes and stock, orders and results, leaves and measurements."""

from typing import Any

import numpy as np

from yidang.claims.generator import tables
from yidang.claims.generator.book import Book
from yidang.claims.generator.catalogue import Catalogue
from yidang.claims.generator.clock import DAY, moments
from yidang.claims.generator.columns import Claims, Lines, Pool
from yidang.claims.generator.courses import INPATIENT, courses
from yidang.claims.generator.people import chronic_courses
from yidang.claims.generator.scene import Scene

_ITEMS = 1000
# A complication, the test that shows it, how often it is found, and the weight the groups give it.
_COMPLICATIONS = (("J96.9", "blood_gas", 0.3, 1), ("I50.9", "bnp", 0.4, 3), ("D64.9", "cbc", 0.08, 3))


def diagnoses_of(scene: Scene, claims: Claims, lines: Lines, ill: Any, book: Book) -> tuple[Any, Any]:
    """Claims and codes of all diagnoses, the main one of each claim first."""
    pool, plain = scene.pool, np.arange(len(claims) - len(book.claims))
    main = np.flatnonzero(claims.dx)
    parts = [(main, claims.dx[main])]
    for number, course in enumerate(chronic_courses()):
        dx = pool[course.dx]
        told = (claims.course[plain] < 0) | (claims.visit[plain] == INPATIENT)  # at refills and in stays
        also = np.flatnonzero(ill[claims.person[plain], number] & told & (claims.dx[plain] != dx))
        parts.append((also, np.full(len(also), dx)))
    parts += [_complication(scene, one, claims, lines, len(plain)) for one in _COMPLICATIONS]
    extra = np.array([[at + len(plain), pool[extra_dx]] for at, extra_dx in book.diagnoses]).reshape(-1, 2)
    parts.append((extra[:, 0], extra[:, 1]))
    claim, code = (np.concatenate(column) for column in zip(*parts, strict=True))
    order = np.argsort(claim, kind="stable")
    return claim[order].astype(np.int64), code[order].astype(np.int64)


def _complication(
    scene: Scene, complication: tuple[str, str, float, int], claims: Claims, lines: Lines, until: int
) -> tuple[Any, Any]:
    code, test, share, _ = complication
    shown = np.zeros(len(claims), dtype=bool)
    shown[lines.claim[lines.item == scene.items[test]]] = True
    shown &= (claims.visit == INPATIENT) & (np.arange(len(claims)) < until) & (claims.dx != scene.pool[code])
    at = np.flatnonzero(shown & (scene.rng.random(len(claims)) < share))
    return at, np.full(len(at), scene.pool[code])


def group(claims: Claims, diagnoses: tuple[Any, Any], pool: Pool) -> None:
    """The group of every stay that has a course: its own letters and the weight of its complications."""
    severity = np.full(len(claims), 5)
    for code, _, _, weight in _COMPLICATIONS:
        having = diagnoses[0][diagnoses[1] == pool[code]]
        severity[having] = np.minimum(severity[having], weight)
    names = [one.adrg for one in courses()]
    for at in np.unique(claims.course[claims.visit == INPATIENT]):
        if at >= 0:
            for weight in (1, 3, 5):
                members = (claims.course == at) & (severity == weight)
                claims.drg[members] = pool[f"{names[at]}{weight}"]


def write(
    scene: Scene, claims: Claims, lines: Lines, diagnoses: tuple[Any, Any], *, book: Book, before: tuple[int, int]
) -> None:
    folder, cohort = scene.folder, scene.cohort
    table = _diagnosis_table(scene, claims, diagnoses)
    tables.write_months(table, claims.settled[diagnoses[0]], folder / "diagnoses", cohort)
    table, minutes = _operation_table(scene, claims, lines)
    tables.write_months(table, minutes, folder / "operations", cohort)
    table, minutes = tables.trace_table(scene, claims, lines)
    table, minutes = _with_returns(table, minutes, lines, book, before[1])
    tables.write_months(table, minutes, folder / "traces", cohort)
    tables.write_one(_stock_table(scene, claims, lines, book), folder / "stock_in", cohort)
    _write_clinical(scene, claims, lines, book, before[0])


def _diagnosis_table(scene: Scene, claims: Claims, diagnoses: tuple[Any, Any]) -> Any:
    import pyarrow as pa

    people, pool, series = scene.people, scene.pool, scene.series
    claim, code = diagnoses
    first = np.r_[True, claim[1:] != claim[:-1]]
    start = np.maximum.accumulate(np.where(first, np.arange(len(claim)), 0))
    return pa.table(
        {
            "claim": tables.claim_numbers(series, claim),
            "person": people.pseudonym[claims.person[claim]],
            "seq": (np.arange(len(claim)) - start + 1).astype(np.int32),
            "code": tables.texts(pool.texts, code),
            "is_main": first,
            "admission_condition": tables.texts(["1"], np.zeros(len(claim))),
        }
    )


def _operation_table(scene: Scene, claims: Claims, lines: Lines) -> tuple[Any, Any]:
    import pyarrow as pa

    world, people, items, series = scene.world, scene.people, scene.items, scene.series
    codes = [traits.get("operation", "") for traits in items.traits]
    is_operation = np.array([bool(code) for code in codes])
    at = np.flatnonzero(is_operation[lines.item] & (claims.visit[lines.claim] == INPATIENT))
    at = at[np.lexsort((lines.minute[at], lines.claim[at]))]
    claim, minute = lines.claim[at], lines.minute[at]
    new_claim = np.r_[True, claim[1:] != claim[:-1]][: len(at)]
    start = np.maximum.accumulate(np.where(new_claim, np.arange(len(at)), 0)) if len(at) else at
    session = minute // DAY - (minute // DAY)[start] + 1 if len(at) else at
    table = pa.table(
        {
            "claim": tables.claim_numbers(series, claim),
            "person": people.pseudonym[claims.person[claim]],
            "seq": (np.arange(len(at)) - start + 1).astype(np.int32),
            "code": tables.texts(codes, lines.item[at]),
            "operated_at": moments(minute),
            "doctor": tables.texts(tables.doctor_codes(world), lines.doctor[at]),
            "session": session.astype(np.int32),
        }
    )
    return table, claims.settled[claim]


def _with_returns(table: Any, minutes: Any, lines: Lines, book: Book, planted_from: int) -> tuple[Any, Any]:
    """The sale's row once more, as a return, at the minute the box came back."""
    import pyarrow as pa

    if not book.returns:
        return table, minutes
    sold = np.flatnonzero(lines.trace >= 0)
    at = np.searchsorted(sold, np.array([line + planted_from for line, _ in book.returns]))
    back = table.take(at)
    back = back.set_column(
        back.schema.get_field_index("moved_at"), "moved_at", pa.array(moments([m for _, m in book.returns]))
    )
    kind = tables.texts(["sale", "return"], np.ones(len(at)))
    back = back.set_column(back.schema.get_field_index("kind"), "kind", kind)
    plain = pa.schema(
        [pa.field(f.name, f.type.value_type if pa.types.is_dictionary(f.type) else f.type) for f in table.schema]
    )
    return pa.concat_tables([table.cast(plain), back.cast(plain)]), np.r_[minutes, minutes[at]]


def _stock_table(scene: Scene, claims: Claims, lines: Lines, book: Book) -> Any:
    """Every box came into stock some weeks before it was first sold, unless the book says otherwise."""
    import pyarrow as pa

    world, items = scene.world, scene.items
    at = np.flatnonzero(lines.trace >= 0)
    at = at[np.argsort(lines.minute[at], kind="stable")]
    _, first = np.unique(lines.trace[at], return_index=True)
    sold = lines.take(at[first])
    provider = claims.provider[sold.claim]
    minute = sold.minute - (sold.trace * 7919 % 55 + 5) * DAY
    kept = np.ones(len(sold), dtype=bool)
    for serial, where in book.stock.items():
        row = np.searchsorted(sold.trace, serial)
        if row < len(sold) and sold.trace[row] == serial:
            kept[row] = where is not None
            provider[row], minute[row] = where or (0, 0)
    return pa.table(
        {
            "trace": tables.trace_codes(sold),
            "provider": tables.texts(tables.provider_codes(world), provider),
            "item": tables.texts(items.codes, sold.box),
            "product": tables.texts(tables.product_codes(items), sold.box),
            "stocked_at": moments(minute),
        }
    ).filter(pa.array(kept))


def _write_clinical(scene: Scene, claims: Claims, lines: Lines, book: Book, planted_from: int) -> None:
    claim, item, minute, end = _ordered(scene.items, claims, lines, book, planted_from)
    items, folder, cohort = scene.items, scene.folder, scene.cohort
    tables.write_one(_order_table(scene, claim, item, minute, end), folder / "orders", cohort)
    is_test = np.array([fee in ("03", "04") for fee in items.fees])
    unresulted = np.array([(c + planted_from) * _ITEMS + i for c, i in book.unresulted], dtype=np.int64)
    done = is_test[item] & ~np.isin(claim * _ITEMS + item, unresulted)
    tables.write_one(_result_table(scene, claim[done], item[done], minute[done]), folder / "results", cohort)
    stays = np.flatnonzero(claims.visit == INPATIENT)
    tables.write_one(_vital_table(scene, claims, stays, book, planted_from), folder / "vitals", cohort)
    tables.write_one(_leave_table(scene, claims, stays, book, planted_from), folder / "leaves", cohort)


def _ordered(
    items: Catalogue, claims: Claims, lines: Lines, book: Book, planted_from: int
) -> tuple[Any, Any, Any, Any]:
    """Claim, item, first and last minute of every order of a stay; beds, fees and goods need none."""
    needs = np.array([fee not in ("01", "02", "07", "08", "12", "13") for fee in items.fees])
    at = np.flatnonzero(needs[lines.item] & (claims.visit[lines.claim] == INPATIENT))
    key = lines.claim[at] * _ITEMS + lines.item[at]
    dropped = np.array([(c + planted_from) * _ITEMS + i for c, i in book.unordered], dtype=np.int64)
    order = np.lexsort((lines.minute[at], key))
    at, key = at[order], key[order]
    _, first, many = np.unique(key, return_index=True, return_counts=True)
    kept = ~np.isin(key[first], dropped)
    first, last = first[kept], (first + many - 1)[kept]
    more = np.array([[c + planted_from, items[k]] for c, k in book.ordered], dtype=np.int64).reshape(-1, 2)
    begun = claims.admitted[more[:, 0]] + 30
    claim = np.r_[lines.claim[at[first]], more[:, 0]]
    item = np.r_[lines.item[at[first]], more[:, 1]]
    begin = np.r_[np.maximum(lines.minute[at[first]] - 20, claims.admitted[lines.claim[at[first]]]), begun]
    return claim, item, begin, np.r_[lines.minute[at[last]] + 5, begun + 60]


def _order_table(scene: Scene, claim: Any, item: Any, begin: Any, end: Any) -> Any:
    import pyarrow as pa

    return pa.table(
        {
            "claim": tables.claim_numbers(scene.series, claim),
            "item": tables.texts(scene.items.codes, item),
            "ordered_at": moments(begin),
            "stopped_at": moments(end),
        }
    )


def _result_table(scene: Scene, claim: Any, item: Any, minute: Any) -> Any:
    import pyarrow as pa

    return pa.table(
        {
            "claim": tables.claim_numbers(scene.series, claim),
            "item": tables.texts(scene.items.codes, item),
            "resulted_at": moments(minute + 120),
        }
    )


def _vital_table(scene: Scene, claims: Claims, stays: Any, book: Book, planted_from: int) -> Any:
    import pyarrow as pa

    people, series = scene.people, scene.series
    person = claims.person[stays]
    blood, sex, height = people.blood[person].astype(str), people.sex[person].copy(), people.height[person].copy()
    for claim, (its_blood, its_sex, its_height) in book.vitals.items():
        row = np.searchsorted(stays, claim + planted_from)
        blood[row], sex[row], height[row] = its_blood, its_sex, its_height
    return pa.table(
        {
            "claim": tables.claim_numbers(series, stays),
            "person": people.pseudonym[person],
            "blood_group": pa.array(blood),
            "sex": sex.astype(np.int8),
            "height_cm": height.astype(np.int32),
        }
    )


def _leave_table(scene: Scene, claims: Claims, stays: Any, book: Book, planted_from: int) -> Any:
    """One stay in ten knows an hour or three outside; what is longer stands in the book."""
    import pyarrow as pa

    short = stays[(stays % 10 == 0) & (stays < planted_from)]
    claim = np.r_[short, np.array([c + planted_from for c, _, _ in book.leaves], dtype=np.int64)]
    left = np.r_[claims.admitted[short] + 480, np.array([at for _, at, _ in book.leaves], dtype=np.int64)]
    hours = np.r_[1 + short % 3, np.array([many for _, _, many in book.leaves], dtype=np.int64)]
    return pa.table(
        {
            "claim": tables.claim_numbers(scene.series, claim),
            "left_at": moments(left),
            "hours": hours.astype(np.float64),
        }
    )
