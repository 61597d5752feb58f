"""Regions, institutions and their staff: the same for every cohort of one seed."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from yidang.claims.generator.catalogue import rows_of

REGIONS = ("990101", "990102", "990203", "990304")  # 99: no place of this country
_CENTRES = ((120.10, 30.20), (120.55, 30.45), (121.60, 29.80), (118.80, 28.90))
KINDS = ("hospital", "clinic", "pharmacy", "internet")
HOSPITAL, CLINIC, PHARMACY, INTERNET = range(4)
SUPPORT = ("检验科", "影像科", "麻醉科", "护理部")
SPARE = 3  # hospitals of level 2 in each region that only the planted schemes use


@dataclass
class Doctors:
    provider: list[int] = field(default_factory=list)
    department: list[int] = field(default_factory=list)
    profession: list[str] = field(default_factory=list)

    def add(self, provider: int, department: int, profession: str) -> int:
        self.provider.append(provider)
        self.department.append(department)
        self.profession.append(profession)
        return len(self.provider) - 1


@dataclass
class World:
    departments: list[str]
    kind: Any  # by provider
    level: Any
    region: Any
    longitude: Any
    latitude: Any
    spare: Any  # whether only schemes use it
    doctors: Doctors
    first_doctor: Any  # by provider and department: where its doctors begin
    doctor_count: Any

    def department(self, name: str) -> int:
        return self.departments.index(name)

    def providers(self, kind: int, region: int | None = None, least: int = 0, *, spare: bool = False) -> Any:
        fits = (self.kind == kind) & (self.level >= least) & (self.spare == spare)
        return np.flatnonzero(fits if region is None else fits & (self.region == region))

    def provider_code(self, at: int) -> str:
        return f"{'P' if self.kind[at] == PHARMACY else 'H'}{REGIONS[self.region[at]]}{at + 1:05d}"

    def doctor_code(self, at: int) -> str:
        letter = {"doctor": "D", "nurse": "N", "pharmacist": "Y", "technician": "J"}[self.doctors.profession[at]]
        return f"{letter}{REGIONS[self.region[self.doctors.provider[at]]]}{at + 1:06d}"


def build_world(lines: int, rng: Any) -> World:
    scale = max(1, round((lines / 500_000) ** 0.5))
    houses = [house for region in range(len(REGIONS)) for house in _houses(region, scale)]
    kind, level, region, spare = (np.array(column) for column in zip(*houses, strict=True))
    centres = np.array(_CENTRES)[region] + rng.normal(0, 0.03, (len(houses), 2))
    departments = _departments()
    doctors, first, count = _staff(kind, level, departments, scale)
    return World(
        departments, kind, level, region, centres[:, 0].round(5), centres[:, 1].round(5), spare, doctors, first, count
    )


def _houses(region: int, scale: int) -> list[tuple[int, int, int, bool]]:
    """Kind, level, region and whether it is kept for the schemes."""
    return [
        (HOSPITAL, 3, region, False),
        *[(HOSPITAL, 2, region, False)] * (1 + scale),
        *[(HOSPITAL, 2, region, True)] * SPARE,
        *[(HOSPITAL, 1, region, False)] * (2 + scale),
        *[(CLINIC, 0, region, False)] * (2 + 2 * scale),
        *[(PHARMACY, 0, region, False)] * (3 + 3 * scale),
        (INTERNET, 2, region, False),
    ]


def _departments() -> list[str]:
    names = {row["department"] for name in ("courses", "chronic") for row in rows_of(f"generator/data/{name}.csv")}
    return [*sorted(names - {""}), *SUPPORT, "药学部"]


def _staff(kind: Any, level: Any, departments: list[str], scale: int) -> tuple[Doctors, Any, Any]:
    doctors = Doctors()
    first = np.zeros((len(kind), len(departments)), dtype=np.int64)
    count = np.zeros_like(first)
    for provider in range(len(kind)):
        for department, name in enumerate(departments):
            if (kind[provider] == PHARMACY) != (name == "药学部"):
                continue
            many = (1, 2, 3, 5)[level[provider]] * (scale if kind[provider] == HOSPITAL else 1)
            first[provider, department] = len(doctors.provider)
            count[provider, department] = many
            for _ in range(many):
                doctors.add(provider, department, _profession(name))
    return doctors, first, count


def _profession(department: str) -> str:
    return {"检验科": "technician", "影像科": "technician", "护理部": "nurse", "药学部": "pharmacist"}.get(
        department, "doctor"
    )
