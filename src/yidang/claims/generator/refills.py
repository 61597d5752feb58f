"""Long courses: the same medicines every 28 days, a few of them for 84 days at a time."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from yidang.claims.generator.clock import DAY
from yidang.claims.generator.columns import Claims, Lines
from yidang.claims.generator.courses import OUTPATIENT, PHARMACY_VISIT
from yidang.claims.generator.people import Chronic, chronic_courses, who_has
from yidang.claims.generator.scene import Scene
from yidang.claims.generator.visits import FORTNIGHT, doctors_for, phases
from yidang.claims.generator.world import HOSPITAL, PHARMACY, World

_ROUNDS = 25
_LONG_SHARE = 0.05
_LONG = 3  # rounds of 28 days a long prescription covers
_SECOND_LINE_FROM = 4  # rounds of the first line before the second one


@dataclass(frozen=True)
class Fills:
    """The heads of all refills, the round of each, and by person whether they take twelve weeks at a time."""

    claims: Claims
    rounds: Any
    goes_long: Any


def make_refills(scene: Scene, may: Any) -> tuple[Claims, Lines, Any]:
    """Claims and lines of all refills, and who has what: a row per person, a column per chronic course."""
    people, rng = scene.people, scene.rng
    taken = [(course, who_has(course, people, rng) & may) for course in chronic_courses()]
    ill = np.flatnonzero(np.any([has for _, has in taken], axis=0))
    goes_long = rng.random(len(people)) < _LONG_SHARE
    claims, rounds = _heads(scene, ill, goes_long, taken)
    fills = Fills(claims, rounds, goes_long)
    parts = [_lines(scene, course, has, fills) for course, has in taken]
    lines = Lines.join([part for both in parts for part in both])
    kept, position = np.unique(lines.claim, return_inverse=True)
    lines.claim = position
    return claims.take(kept), lines, np.column_stack([has for _, has in taken])


def _heads(scene: Scene, ill: Any, goes_long: Any, taken: list[tuple[Chronic, Any]]) -> tuple[Claims, Any]:
    """One head per ill person and round kept, and the round of each."""
    world, people, pool, rng = scene.world, scene.people, scene.pool, scene.rng
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


def _lines(scene: Scene, course: Chronic, has: Any, fills: Fills) -> list[Lines]:
    """The first medicine from the beginning, the second one only long after the first."""
    made = [_medicine(scene, course.first, has, fills, since=0)]
    if course.second:
        more = has & (scene.rng.random(len(has)) < 0.4)
        made.append(_medicine(scene, course.second, more, fills, since=_SECOND_LINE_FROM))
    return made


def _medicine(scene: Scene, keys: list[str], has: Any, fills: Fills, *, since: int) -> Lines:
    items, claims, goes_long = scene.items, fills.claims, fills.goes_long
    usual = np.array([items[key] for key in keys])[scene.rng.integers(0, len(keys), len(has))]
    at = np.flatnonzero(has[claims.person] & (fills.rounds >= since))
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
