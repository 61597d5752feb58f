"""The lines of every visit, from the parts of its course."""

from typing import Any

import numpy as np

from yidang.claims.generator.catalogue import Catalogue
from yidang.claims.generator.clock import DAY
from yidang.claims.generator.columns import Claims, Lines
from yidang.claims.generator.courses import INPATIENT, OUTPATIENT, Part, courses
from yidang.claims.generator.world import World

_ITEMS = 1000  # more than there are
_STAY = 64  # more days than any stay of the background
_SHORTEST_SUPPLY = {INPATIENT: 1, OUTPATIENT: 7, 2: 3, 3: 7, 4: 7}


def make_lines(world: World, claims: Claims, items: Catalogue, rng: Any) -> Lines:
    stay = claims.days()
    rows = [_visit_fees(world, claims, items)]
    for course in courses():
        members = np.flatnonzero(claims.course == course.at)
        if len(members):
            rows += [_expand(part, members, claims, stay, rng) for part in course.parts]
    claim, day, item, quantity = (np.concatenate(column) for column in zip(*rows, strict=True))
    claim, day, item, quantity = _once_a_day(claim, day, item, quantity)
    allowed = world.level[claims.provider[claim]] >= items.min_level[item]
    claim, day, item, quantity = (column[allowed] for column in (claim, day, item, quantity))
    return _finish(world, claims, items, rng, (claim, day, item, quantity))


def _visit_fees(world: World, claims: Claims, items: Catalogue) -> tuple[Any, ...]:
    """What a visit itself costs: small houses charge one general fee, large ones registration and consultation."""
    level, made = world.level[claims.provider], []
    plain = (claims.course >= 0) & (claims.visit == 1)
    for key, which in (
        ("general_visit", plain & (level <= 1)),
        ("registration", plain & (level >= 2)),
        ("visit_fee", plain & (level >= 2)),
        ("emergency_fee", (claims.course >= 0) & (claims.visit == 2)),
        ("online_fee", (claims.course >= 0) & (claims.visit == 4)),
    ):
        at = np.flatnonzero(which)
        made.append((at, np.zeros_like(at), np.full_like(at, items[key]), np.ones(len(at))))
    return tuple(np.concatenate(column) for column in zip(*made, strict=True))


def _expand(part: Part, members: Any, claims: Claims, stay: Any, rng: Any) -> tuple[Any, Any, Any, Any]:
    has = rng.random(len(members)) < part.probability
    if part.calm:
        has &= claims.calm[members]
    at = members[has]
    item = part.choices[rng.integers(0, len(part.choices), len(at))]
    if part.mode == "once":
        day = rng.integers(0, np.minimum(2, stay[at])) if part.day < 0 else np.minimum(part.day, stay[at] - 1)
        return at, day, item, np.full(len(at), part.quantity)
    repeats = stay[at]
    day = np.arange(repeats.sum()) - np.repeat(np.cumsum(repeats) - repeats, repeats)
    amount = np.full(len(day), part.quantity) if part.mode == "daily" else rng.integers(4, 20, len(day)) * 1.0
    return np.repeat(at, repeats), day, np.repeat(item, repeats), amount


def _once_a_day(claim: Any, day: Any, item: Any, quantity: Any) -> tuple[Any, Any, Any, Any]:
    """No item twice on one day of one claim: what is charged twice is planted."""
    _, first = np.unique((claim * _STAY + day) * _ITEMS + item, return_index=True)
    return claim[first], day[first], item[first], quantity[first]


def _finish(world: World, claims: Claims, items: Catalogue, rng: Any, rows: tuple[Any, ...]) -> Lines:
    claim, day, item, quantity = rows
    stays = claims.visit[claim] == INPATIENT
    within = np.where(stays, 12 * 60 + rng.integers(0, 8 * 60, len(claim)), 0)
    minute = np.where(stays, (claims.admitted[claim] // DAY + day) * DAY + within, claims.admitted[claim] + 3)
    medicine = items.is_drug[item] | items.is_herb[item]
    most = np.array([_SHORTEST_SUPPLY[visit] for visit in range(5)])[claims.visit[claim]]
    days = np.where(items.is_herb[item], 7, np.minimum(items.pack_days[item], most)) * medicine
    doctor, department = _who(world, claims, items, claim, item)
    return Lines(
        claim=claim,
        minute=minute,
        item=item,
        quantity=quantity,
        price=np.full(len(claim), -1),
        days=days,
        dose=np.where(medicine, items.dose[item], 0.0),
        doctor=doctor,
        department=department,
        trace=np.full(len(claim), -1),
        box=item,
        split=np.zeros(len(claim), dtype=bool),
        prescription=np.where(medicine, claim + 1, 0),
    )


def _who(world: World, claims: Claims, items: Catalogue, claim: Any, item: Any) -> tuple[Any, Any]:
    """Tests are done by technicians, anaesthesia by anaesthetists, all else by the doctor of the visit."""
    department = claims.department[claim].copy()
    doctor = claims.doctor[claim].copy()
    for name, which in _elsewhere(items).items():
        rows = np.flatnonzero(which[item])
        place = world.department(name)
        provider = claims.provider[claim[rows]]
        many = world.doctor_count[provider, place]
        rows, provider, many = rows[many > 0], provider[many > 0], many[many > 0]
        department[rows] = place
        doctor[rows] = world.first_doctor[provider, place] + (claim[rows] * 7 + item[rows]) % many
    return doctor, department


def _elsewhere(items: Catalogue) -> dict[str, Any]:
    fee = np.array(items.fees)
    narcosis = np.array([traits.get("dept") == "麻醉科" for traits in items.traits])
    return {"检验科": fee == "04", "影像科": fee == "03", "麻醉科": narcosis}
