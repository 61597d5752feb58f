"""One cohort: some twenty thousand persons with all their claims, apart from every other one."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from yidang.claims.generator import extracts, tables
from yidang.claims.generator.book import Book
from yidang.claims.generator.catalogue import Catalogue, catalogue
from yidang.claims.generator.clock import DAY, DAYS
from yidang.claims.generator.columns import Claims, Lines, Pool
from yidang.claims.generator.courses import INPATIENT
from yidang.claims.generator.lines import make_lines
from yidang.claims.generator.people import People, make_people
from yidang.claims.generator.refills import make_refills
from yidang.claims.generator.scene import Scene
from yidang.claims.generator.schemes import Scheme, all_schemes
from yidang.claims.generator.traces import give_traces
from yidang.claims.generator.visits import SLOTS, make_visits
from yidang.claims.generator.world import World

COHORT_LINES = 1_000_000
_LINES_PER_PERSON = 42  # fewer than there will be: what is too much is cut off
_PLANTED_SLOTS = 30  # who is planted upon lives plainly until then
_LINES_PER_CASE = 50_000  # one case of every scheme for so many lines


@dataclass(frozen=True)
class Order:
    """What one cohort has to make; its number decides everything it draws."""

    seed: int
    cohort: int
    lines: int
    cases: int
    offset: int  # persons in the cohorts before
    folder: Path

    @property
    def series(self) -> int:
        """By it the numbers of two seeds keep apart, and so do those of 99 cohorts of one."""
        return self.seed % 100 * 100 + self.cohort + 1


@dataclass
class Made:
    lines: int
    claims: int
    beds: Any  # the most inpatients at once, by institution and day
    truth: list[tuple[Any, ...]]
    dated: dict[str, list[dict[str, Any]]]
    few_beds: dict[int, int]  # institutions whose beds are planted


def orders(lines: int, seed: int, folder: Path) -> list[Order]:
    cohorts = max(1, round(lines / COHORT_LINES))
    share = [lines // cohorts + (at < lines % cohorts) for at in range(cohorts)]
    cases = max(3, lines // _LINES_PER_CASE)
    split = [cases // cohorts + (at < cases % cohorts) for at in range(cohorts)]
    many = persons_in(max(share))
    return [Order(seed, at, share[at], split[at], at * many, folder) for at in range(cohorts)]


def persons_in(lines: int) -> int:
    return max(60, lines // _LINES_PER_PERSON)


def make_cohort(world: World, order: Order) -> Made:
    """Writes the cohort's files and says what the whole needs to know of it."""
    rng = np.random.default_rng([order.seed, 7, order.cohort])
    plain = make_people(persons_in(order.lines), order.seed, order.offset, rng)
    scene = Scene(world, plain, catalogue(), Pool(), rng, order.cohort, order.series, order.folder)
    book = _plant(scene, order)
    scene = replace(scene, people=_together(plain, book.people()))
    claims, lines, ill = _background(scene, len(plain), order.lines - len(book.lines))
    before = (len(claims), len(lines))
    more_claims, more_lines = book.columns(len(claims))
    claims, lines = Claims.join([claims, more_claims]), Lines.join([lines, more_lines])
    _price(world, claims, lines, scene.items)
    give_traces(claims, lines, scene.items, order.series)
    diagnoses = extracts.diagnoses_of(scene, claims, lines, ill, book)
    extracts.group(claims, diagnoses, scene.pool)
    _write(scene, claims, lines)
    extracts.write(scene, claims, lines, diagnoses, book=book, before=before)
    return _made(scene, claims, lines, book, before)


def _made(scene: Scene, claims: Claims, lines: Lines, book: Book, before: tuple[int, int]) -> Made:
    truth = _truth(book, scene.people, before, scene.series)
    dated = _dated(book, scene.people)
    return Made(len(lines), len(claims), _occupied(scene.world, claims), truth, dated, book.beds)


def _plant(scene: Scene, order: Order) -> Book:
    numbers = (order.seed, order.cohort, order.series)
    book = Book(scene.world, scene.items, scene.pool, scene.rng, *numbers, len(scene.people))
    for scheme in all_schemes():
        for _ in range(_times(scheme, order)):
            scheme.planted(book)
            for alike in scheme.alike:
                alike(book)
    return book


def _times(scheme: Scheme, order: Order) -> int:
    return int(order.cohort == 0) if scheme.once else order.cases


def _together(plain: People, planted: People) -> People:
    return People(**{name: np.concatenate([getattr(plain, name), getattr(planted, name)]) for name in vars(plain)})


def _background(scene: Scene, plain: int, wanted: int) -> tuple[Claims, Lines, Any]:
    ordinary = np.arange(len(scene.people)) < plain
    refills, refill_lines, ill = make_refills(scene, ordinary)
    visits = make_visits(scene, np.where(ordinary, SLOTS, _PLANTED_SLOTS), ordinary)
    visit_lines = make_lines(scene.world, visits, scene.items, scene.rng)
    refill_lines.claim += len(visits)
    refill_lines.prescription += len(visits)
    claims, lines = _cut(Claims.join([visits, refills]), Lines.join([visit_lines, refill_lines]), wanted)
    return claims, lines, ill


def _cut(claims: Claims, lines: Lines, wanted: int) -> tuple[Claims, Lines]:
    """Whole claims, by time of settlement within each person's number, until there are as many lines as wanted."""
    many = np.bincount(lines.claim, minlength=len(claims))
    order = np.lexsort((claims.settled, claims.person))
    kept = order[(np.cumsum(many[order]) <= wanted) & (many[order] > 0)]
    place = np.full(len(claims), -1)
    place[kept] = np.arange(len(kept))
    lines = lines.take(place[lines.claim] >= 0)
    lines = lines.take(np.argsort(place[lines.claim], kind="stable"))
    lines.claim = place[lines.claim]
    lines.prescription = np.where(lines.prescription > 0, lines.claim + 1, 0)
    return claims.take(kept), lines


def _price(world: World, claims: Claims, lines: Lines, items: Catalogue) -> None:
    """Services at the price of the level; drugs a little under their ceiling, each house by its own measure."""
    provider = claims.provider[lines.claim]
    ceiling = items.price[lines.item, world.level[provider]]
    is_goods = items.is_drug[lines.item]
    usual = np.where(is_goods, (ceiling * (0.90 + 0.02 * (provider % 5))).astype(np.int64), ceiling)
    lines.price = np.where(lines.price < 0, np.maximum(usual, 1), lines.price)


def _write(scene: Scene, claims: Claims, lines: Lines) -> None:
    total = np.bincount(lines.claim, tables.amounts(lines), len(claims)).astype(np.int64)
    settled, cohort, folder = claims.settled, scene.cohort, scene.folder
    made = tables.settlement_table(scene, claims, total)
    tables.write_months(made, settled, folder / "settlements", cohort)
    made = tables.line_table(scene, claims, lines)
    tables.write_months(made, settled[lines.claim], folder / "lines", cohort)
    tables.write_one(tables.person_table(scene.people), folder / "persons", cohort)


def _occupied(world: World, claims: Claims) -> Any:
    """Inpatients by institution and day."""
    stays = claims.visit == INPATIENT
    change = np.zeros((len(world.kind), DAYS + 1), dtype=np.int64)
    np.add.at(change, (claims.provider[stays], claims.admitted[stays] // DAY), 1)
    np.add.at(change, (claims.provider[stays], np.minimum(claims.discharged[stays] // DAY, DAYS)), -1)
    return change.cumsum(axis=1)


def _truth(book: Book, people: People, before: tuple[int, int], series: int) -> list[tuple[Any, ...]]:
    claims, lines = before
    return [
        (
            name,
            "" if line is None else int(tables.line_numbers(series, line + lines)),
            "" if claim is None else int(tables.claim_numbers(series, claim + claims)),
            "" if person is None else int(people.pseudonym[book.offset + person]),
            "" if provider is None else book.world.provider_code(provider),
            planted,
        )
        for name, line, claim, person, provider, planted in book.truth
    ]


def _dated(book: Book, people: People) -> dict[str, list[dict[str, Any]]]:
    """The dated lists with codes in the place of positions."""
    return {table: [_coded(row, book, people) for row in rows] for table, rows in book.dated.items()}


def _coded(row: dict[str, Any], book: Book, people: People) -> dict[str, Any]:
    coded = dict(row)
    if "person" in row:
        coded["person"] = int(people.pseudonym[book.offset + row["person"]])
    if "provider" in row:
        coded["provider"] = book.world.provider_code(row["provider"])
    if "doctor" in row:
        coded["doctor"] = book.world.doctor_code(row["doctor"])
    return coded
