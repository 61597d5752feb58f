"""Long courses: the same medicines every 28 days, a few of them for 84 days at a time."""

from typing import Any

import numpy as np

from yidang.claims.generator.catalogue import Catalogue
from yidang.claims.generator.clock import DAY
from yidang.claims.generator.columns import Claims, Lines, Pool
from yidang.claims.generator.courses import OUTPATIENT, PHARMACY_VISIT
from yidang.claims.generator.people import Chronic, People, chronic_courses, who_has
from yidang.claims.generator.visits import FORTNIGHT, doctors_for, phases
from yidang.claims.generator.world import HOSPITAL, PHARMACY, World

_ROUNDS = 25
_LONG_SHARE = 0.05
_LONG = 3  # rounds of 28 days a long prescription covers
_SECOND_LINE_FROM = 4  # rounds of the first line before the second one


def make_refills(
    world: World, people: People, may: Any, items: Catalogue, pool: Pool, rng: Any
) -> tuple[Claims, Lines, Any]:
    """Claims and lines of all refills, and who has what: a row per person, a column per chronic course."""
    taken = [(course, who_has(course, people, rng) & may) for course in chronic_courses()]
    ill = np.flatnonzero(np.any([has for _, has in taken], axis=0))
    goes_long = rng.random(len(people)) < _LONG_SHARE
    claims, at = _heads(world, people, ill, goes_long, taken, pool, rng)
    parts = [_lines(course, has, people, claims, at, goes_long, items, rng) for course, has in taken]
    lines = Lines.join([part for both in parts for part in both])
    kept, position = np.unique(lines.claim, return_inverse=True)
    lines.claim = position
    return claims.take(kept), lines, np.column_stack([has for _, has in taken])


def _heads(
    world: World, people: People, ill: Any, goes_long: Any, taken: list[tuple[Chronic, Any]], pool: Pool, rng: Any
) -> tuple[Claims, Any]:
    """One head per ill person and round kept, and the round of each."""
    turn = np.tile(np.arange(_ROUNDS), (len(ill), 1))
    kept = (rng.random(turn.shape) < 0.85) & (~goes_long[ill][:, None] | (turn % _LONG == 0))
    row, rounds = np.nonzero(kept)
    person = ill[row]
    shop = ~_needs_hospital(taken)[ill] & (rng.random(len(ill)) < 0.45)
    provider = _usual(world, people.region[ill], shop, rng)[row]
    main = np.zeros(len(people), dtype=np.int64)
    department = np.zeros(len(people), dtype=np.int64)
    for course, has in reversed(taken):
        main[has], department[has] = pool[course.dx], world.department(course.department)
    where = np.where(shop[row], world.department("药学部"), department[person])
    day = phases(len(people))[person] + rounds * 2 * FORTNIGHT + FORTNIGHT - 1
    minute = day * DAY + rng.integers(480, 1080, len(day))
    end = minute + rng.integers(5, 60, len(day))
    zeros = np.zeros(len(day), dtype=np.int64)
    claims = Claims(
        person=person,
        provider=provider,
        visit=np.where(shop[row], PHARMACY_VISIT, OUTPATIENT),
        admitted=minute,
        discharged=end,
        settled=end + 5,
        department=where,
        doctor=doctors_for(world, provider, where, rng),
        scheme=people.scheme[person],
        dx=main[person],
        drg=zeros,
        way=zeros + 1,
        reversed=zeros.astype(bool),
        course=zeros - 1,
        calm=zeros.astype(bool),
    )
    return claims, rounds


def _needs_hospital(taken: list[tuple[Chronic, Any]]) -> Any:
    return np.any([has for course, has in taken if course.wants_hospital], axis=0)


def _usual(world: World, region: Any, shop: Any, rng: Any) -> Any:
    """The pharmacy or hospital a person always goes to."""
    provider = np.zeros(len(region), dtype=np.int64)
    for place in range(4):
        for is_shop, kind, least in ((True, PHARMACY, 0), (False, HOSPITAL, 2)):
            members = np.flatnonzero((region == place) & (shop == is_shop))
            provider[members] = rng.choice(world.providers(kind, place, least), len(members))
    return provider


def _lines(
    course: Chronic, has: Any, people: People, claims: Claims, rounds: Any, goes_long: Any, items: Catalogue, rng: Any
) -> list[Lines]:
    """The first medicine from the beginning, the second one only long after the first."""
    made = [_medicine(course.first, has, claims, rounds >= 0, goes_long, items, rng)]
    if course.second:
        more = has & (rng.random(len(people)) < 0.4)
        made.append(_medicine(course.second, more, claims, rounds >= _SECOND_LINE_FROM, goes_long, items, rng))
    return made


def _medicine(keys: list[str], has: Any, claims: Claims, due: Any, goes_long: Any, items: Catalogue, rng: Any) -> Lines:
    usual = np.array([items[key] for key in keys])[rng.integers(0, len(keys), len(has))]
    at = np.flatnonzero(has[claims.person] & due)
    item = usual[claims.person[at]]
    days = np.where(goes_long[claims.person[at]], 84, 28)
    packs = np.maximum(1, np.ceil(days / np.maximum(items.pack_days[item], 1))).astype(np.float64)
    empty = np.full(len(at), -1)
    return Lines(
        claim=at,
        minute=claims.admitted[at] + 2,
        item=item,
        quantity=packs,
        price=empty,
        days=days,
        dose=items.dose[item],
        doctor=claims.doctor[at],
        department=claims.department[at],
        trace=empty,
        box=item,
        split=empty == 0,
        prescription=at + 1,
    )
