"""The enrolees of one cohort: pseudonyms, no names, nobody who lives."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from yidang.claims.generator.catalogue import rows_of
from yidang.claims.generator.clock import DAYS, START

_YEAR = 365.2425
_AGES = np.array([0, 1, 6, 15, 25, 40, 55, 65, 75, 85, 100])
_SHARES = np.array([0.01, 0.05, 0.10, 0.10, 0.18, 0.20, 0.15, 0.12, 0.07, 0.02])
_BLOOD = np.array(["A", "B", "O", "AB"])
_HOUSEHOLD = 3


@dataclass
class People:
    """One position per person; `born` in days before (negative) the first day, heights in cm."""

    pseudonym: Any
    sex: Any
    born: Any
    scheme: Any  # 310 or 390
    region: Any
    address: Any
    blood: Any
    height: Any

    def __len__(self) -> int:
        return len(self.sex)

    def age(self, at: Any, day: Any) -> Any:
        """Whole years, near enough by the mean year for choosing a course; never for what is planted."""
        return ((day - self.born[at]) / _YEAR).astype(np.int64)


def pseudonyms(seed: int, numbers: Any) -> Any:
    """63 bits that say nothing (splitmix64), the same for one seed."""
    with np.errstate(over="ignore"):
        mixed = numbers.astype(np.uint64) + np.uint64(seed & 0xFFFFFFFF) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return ((mixed ^ (mixed >> np.uint64(31))) >> np.uint64(1)).astype(np.int64)


def make_people(count: int, seed: int, offset: int, rng: Any) -> People:
    band = rng.choice(len(_SHARES), count, p=_SHARES)
    age = _AGES[band] + rng.random(count) * (_AGES[band + 1] - _AGES[band])
    region = rng.choice(4, count, p=(0.4, 0.25, 0.2, 0.15))
    sex = rng.integers(1, 3, count)
    household = (offset + np.arange(count)) // _HOUSEHOLD
    return People(
        pseudonym=pseudonyms(seed, offset + np.arange(count)),
        sex=sex,
        born=-(age * _YEAR).astype(np.int64),
        scheme=np.where(rng.random(count) < 0.45, 310, 390),
        region=region[(np.arange(count) // _HOUSEHOLD) * _HOUSEHOLD],
        address=pseudonyms(seed + 1, household),
        blood=_BLOOD[rng.choice(4, count, p=(0.31, 0.28, 0.33, 0.08))],
        height=(168 - 10 * (sex == 2) + rng.normal(0, 6, count)).round().astype(np.int64),
    )


@dataclass(frozen=True)
class Chronic:
    key: str
    dx: str
    department: str
    share: float
    age_from: int
    age_until: int
    first: list[str]
    second: list[str]
    wants_hospital: bool


def chronic_courses() -> list[Chronic]:
    return [
        Chronic(
            row["key"],
            row["dx"],
            row["department"],
            float(row["share"]),
            int(row["age_from"]),
            int(row["age_until"]),
            _choices(row["first"]),
            _choices(row["second"]),
            row["setting"] == "hospital",
        )
        for row in rows_of("generator/data/chronic.csv")
    ]


def _choices(text: str) -> list[str]:
    return text.split("/") if text else []


def who_has(course: Chronic, people: People, rng: Any) -> Any:
    age = people.age(np.arange(len(people)), 0)
    fits = (age >= course.age_from) & (age + DAYS // 365 <= course.age_until)
    share = course.share / max(0.05, fits.mean()) if fits.any() else 0.0
    return fits & (rng.random(len(people)) < min(share, 0.9))


def born_on(people: People) -> Any:
    return np.datetime64(START.isoformat(), "D") + people.born
