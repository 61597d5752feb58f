"""The courses of illness as templates: who gets them, when, and which lines they leave behind."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from yidang.claims.generator.catalogue import Catalogue, catalogue, rows_of

VISITS = ("inpatient", "outpatient", "emergency", "pharmacy", "internet")
INPATIENT, OUTPATIENT, EMERGENCY, PHARMACY_VISIT, INTERNET_VISIT = range(5)
_SPINAL = {"op_caesarean", "op_hernia", "op_prostate", "op_hip", "op_knee"}
_AWAKE = {"op_angiography", "op_stent", "op_cataract", "op_polyp", "op_delivery", "op_debride"}


@dataclass(frozen=True)
class Part:
    """What a course leaves behind: one of `choices`, with a probability, once or every day of the stay."""

    choices: Any  # item positions
    probability: float
    quantity: float
    mode: str  # once | daily | hourly
    calm: bool = False  # only where no other visit is near: what limits per period would forbid
    day: int = -1  # of the stay; -1: one of the first


@dataclass(frozen=True)
class Course:
    at: int
    key: str
    dx: str
    department: str
    visit: int
    weight: float
    sex: int
    age_from: int
    age_until: int
    season: str
    los: int
    level: int
    adrg: str
    parts: tuple[Part, ...]
    operation: str


@cache
def courses() -> list[Course]:
    items = catalogue()
    return [_course(at, row, items) for at, row in enumerate(rows_of("generator/data/courses.csv"))]


def _course(at: int, row: dict[str, str], items: Catalogue) -> Course:
    visit = VISITS.index(row["setting"])
    return Course(
        at,
        row["key"],
        row["dx"],
        row["department"],
        visit,
        float(row["weight"]),
        int(row["sex"] or 0),
        int(row["age_from"]),
        int(row["age_until"]),
        row["season"],
        int(row["los"]),
        int(row["level"]),
        row["adrg"],
        tuple(_parts(row, visit, items)),
        row["operation"],
    )


def _parts(row: dict[str, str], visit: int, items: Catalogue) -> list[Part]:
    parts = [part for mode in ("daily", "once", "hourly") for part in _listed(row[mode], mode, items)]
    parts += [_part(f"{text}:1", "once", items, day=1) for text in row["materials"].split("+") if text]
    if row["operation"]:
        parts += _theatre(row["operation"], items)
    return parts + (_ward(row, items) if visit == INPATIENT else [])


def _listed(text: str, mode: str, items: Catalogue) -> list[Part]:
    return [_part(one, mode, items) for one in text.split(";") if one]


def _part(text: str, mode: str, items: Catalogue, *, day: int = -1) -> Part:
    """`a/b*2~^:0.5`: a or b, two of it, only in calm, with probability one half."""
    what, _, chance = text.rpartition(":")
    calm = "~" in what
    what, _, quantity = what.replace("~", "").replace("^", "").partition("*")
    choices = np.array([items[key] for key in what.split("/")])
    return Part(choices, float(chance), float(quantity or 1), mode, calm, day)


def _theatre(operation: str, items: Catalogue) -> list[Part]:
    keys = [operation]
    if operation not in _AWAKE:
        keys.append("anaesthesia_spinal" if operation in _SPINAL else "anaesthesia_general")
    return [_part(f"{key}:1", "once", items, day=1) for key in keys]


def _ward(row: dict[str, str], items: Catalogue) -> list[Part]:
    nursing = "nursing_1" if row["operation"] else "nursing_2"
    every_day = [_part(f"{key}:1", "daily", items) for key in ("bed_3", nursing, "ward_fee")]
    on_admission = ("cbc:0.95", "chem_panel:0.9", "urine:0.6", "ecg:0.7", "coag_panel:0.3")
    return every_day + [_part(text, "once", items, day=0) for text in on_admission]
