"""When each person goes where: the heads of the claims, before their lines.

A person's time is cut into fortnights, shifted for each by some days of their own. Admissions begin in even ones and
end within them, other visits fall into odd ones, refills on the last day of even ones: so nothing overlaps by
accident, and what overlaps was planted.
"""

from typing import Any

import numpy as np

from yidang.claims.generator.clock import DAY, START
from yidang.claims.generator.columns import Claims
from yidang.claims.generator.courses import (
    EMERGENCY,
    INPATIENT,
    INTERNET_VISIT,
    OUTPATIENT,
    PHARMACY_VISIT,
    Course,
    courses,
)
from yidang.claims.generator.people import People
from yidang.claims.generator.scene import Scene
from yidang.claims.generator.world import CLINIC, HOSPITAL, INTERNET, PHARMACY, World

FORTNIGHT = 14
SLOTS = 50
_LONGEST = 11
_SEASONS = {"winter": {11, 12, 1, 2, 3}, "summer": {6, 7, 8, 9}, "spring": {3, 4, 5}}
_HOUSES = {
    INPATIENT: (HOSPITAL,),
    OUTPATIENT: (HOSPITAL, CLINIC),
    EMERGENCY: (HOSPITAL,),
    PHARMACY_VISIT: (PHARMACY,),
    INTERNET_VISIT: (INTERNET,),
}
_PULL = np.array([1.0, 1.0, 2.5, 5.0])  # how much an institution draws, by level


def occasions(people: People, last_slot: Any, may_stay: Any, rng: Any) -> tuple[Any, Any, Any, Any]:
    """Persons, slots, days and calm of everything that is not a refill; even slots are admissions."""
    count, age = len(people), people.age(np.arange(len(people)), 365)
    goes = np.zeros((count, SLOTS), dtype=bool)
    often = np.clip(rng.gamma(1.2, 0.1, count), 0, 0.6)[:, None]
    stays = (0.009 + 0.022 * (age >= 55) + 0.01 * (age < 6))[:, None] * may_stay[:, None]
    goes[:, 1::2] = rng.random((count, SLOTS // 2)) < often
    goes[:, 0::2] = rng.random((count, SLOTS // 2)) < stays
    goes &= np.arange(SLOTS)[None, :] < last_slot[:, None]
    person, slot = np.nonzero(goes)
    offset = np.where(slot % 2 == 1, rng.integers(0, 13, len(slot)), rng.integers(0, 2, len(slot)))
    return person, slot, phases(count)[person] + slot * FORTNIGHT + offset, _calm(goes)[person, slot]


def phases(count: int) -> Any:
    return (np.arange(count) * 11) % 28


def _calm(goes: Any) -> Any:
    """Whether nothing else happens within three fortnights."""
    near = np.pad(goes, ((0, 0), (3, 3))).astype(np.int8)
    return sum(near[:, shift : shift + SLOTS] for shift in range(7)) == 1


def choose_courses(people: People, person: Any, slot: Any, day: Any, rng: Any) -> Any:
    """A course for every occasion that fits sex, age and season."""
    age, sex = people.age(person, day), people.sex[person]
    month = (np.datetime64(START.isoformat(), "D") + day).astype("datetime64[M]").astype(int) % 12 + 1
    edges = sorted({edge for one in courses() for edge in (one.age_from, one.age_until + 1)})
    group = ((np.searchsorted(edges, age, "right") * 3 + sex) * 13 + month) * 2 + slot % 2
    chosen = np.full(len(person), -1)
    for value in np.unique(group):
        members = np.flatnonzero(group == value)
        one = members[0]
        weights = _weights(int(age[one]), int(sex[one]), int(month[one]), stays=slot[one] % 2 == 0)
        if weights.sum():
            chosen[members] = rng.choice(len(weights), len(members), p=weights / weights.sum())
    return chosen


def _weights(age: int, sex: int, month: int, *, stays: bool) -> Any:
    return np.array([_weight(one, age, sex, month, stays=stays) for one in courses()])


def _weight(course: Course, age: int, sex: int, month: int, *, stays: bool) -> float:
    fits = course.age_from <= age <= course.age_until and course.sex in (0, sex)
    if not fits or (course.visit == INPATIENT) != stays:
        return 0.0
    return course.weight * (1.0 if not course.season else 1.8 if month in _SEASONS[course.season] else 0.7)


def choose_providers(world: World, region: Any, course: Any, rng: Any) -> Any:
    chosen = np.zeros(len(course), dtype=np.int64)
    for at in np.unique(course):
        wanted = courses()[at]
        for place in range(4):
            members = np.flatnonzero((course == at) & (region == place))
            fits = np.concatenate([world.providers(kind, place, wanted.level) for kind in _HOUSES[wanted.visit]])
            pull = _PULL[world.level[fits]]
            chosen[members] = rng.choice(fits, len(members), p=pull / pull.sum())
    return chosen


def doctors_for(world: World, provider: Any, department: Any, rng: Any) -> Any:
    many = world.doctor_count[provider, department]
    return world.first_doctor[provider, department] + (rng.random(len(provider)) * many).astype(np.int64)


def make_visits(scene: Scene, last_slot: Any, may_stay: Any) -> Claims:
    world, people, rng = scene.world, scene.people, scene.rng
    person, slot, day, calm = occasions(people, last_slot, may_stay, rng)
    course = choose_courses(people, person, slot, day, rng)
    fits = course >= 0
    person, day, calm, course = person[fits], day[fits], calm[fits], course[fits]
    away = rng.random(len(person)) < 0.03
    region = np.where(away, rng.integers(0, 4, len(person)), people.region[person])
    provider = choose_providers(world, region, course, rng)
    return _heads(scene, (person, day, calm, course, provider))


def _heads(scene: Scene, chosen: tuple[Any, ...]) -> Claims:
    world, people, pool, rng = scene.world, scene.people, scene.pool, scene.rng
    person, day, calm, course, provider = chosen
    many, table = len(person), courses()
    visit = np.array([one.visit for one in table])[course]
    stays = visit == INPATIENT
    typical = np.array([one.los for one in table])[course]
    los = np.clip((typical * rng.uniform(0.75, 1.3, many)).round(), 1, _LONGEST).astype(np.int64) * stays
    admitted = day * DAY + np.where(stays, rng.integers(480, 660, many), rng.integers(480, 1020, many))
    spent = np.where(stays, 0, rng.integers(20, 120, many))
    discharged = np.where(stays, (day + los) * DAY + rng.integers(600, 900, many), admitted + spent)
    department = np.array([world.departments.index(one.department or "药学部") for one in table])[course]
    return Claims(
        person=person,
        provider=provider,
        visit=visit,
        admitted=admitted,
        discharged=discharged,
        settled=discharged + rng.integers(5, 40, many),
        department=department,
        doctor=doctors_for(world, provider, department, rng),
        scheme=_schemes(people.scheme[person], course),
        dx=np.array([pool[one.dx] for one in table])[course],
        drg=np.zeros(many, dtype=np.int64),
        way=np.ones(many, dtype=np.int64),
        reversed=np.zeros(many, dtype=bool),
        course=course,
        calm=calm,
    )


def _schemes(scheme: Any, course: Any) -> Any:
    """Births are settled by maternity insurance, whatever else a person has."""
    births = [one.at for one in courses() if one.key in ("delivery", "caesarean")]
    return np.where(np.isin(course, births), 510, scheme)
