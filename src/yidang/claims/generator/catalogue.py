"""The invented items as arrays, found by key."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np

_FOLDER = files("yidang.claims")


@dataclass(frozen=True)
class Catalogue:
    """One position per item in every array; money in fen, `price` by item and level 0–3."""

    keys: dict[str, int]
    codes: list[str]
    classes: list[str]
    fees: list[str]
    generics: list[str]
    price: Any
    minutes: Any
    pack_days: Any
    dose: Any
    min_level: Any
    is_drug: Any
    is_herb: Any
    has_trace: Any
    traits: list[dict[str, str]]

    def __getitem__(self, key: str) -> int:
        return self.keys[key]

    def with_trait(self, name: str) -> list[int]:
        return [at for at, traits in enumerate(self.traits) if name in traits]


def rows_of(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((_FOLDER / name).read_text(encoding="utf-8").splitlines()))


@cache
def catalogue() -> Catalogue:
    rows = rows_of("data/items.csv")
    traits = [_traits(row["traits"]) for row in rows]
    is_drug = np.array([row["class"] == "drug" for row in rows])
    return Catalogue(
        keys={row["key"]: at for at, row in enumerate(rows)},
        codes=[row["code"] for row in rows],
        classes=[row["class"] for row in rows],
        fees=[row["fee_category"] for row in rows],
        generics=[row["generic"] for row in rows],
        price=np.array([[int(row[f"price_{level}"]) for level in range(4)] for row in rows]),
        minutes=np.array([int(row["standard_minutes"]) for row in rows]),
        pack_days=np.array([int(row["pack_days"] or 0) for row in rows]),
        dose=np.array([float(row["daily_dose"] or 0) for row in rows]),
        min_level=np.array([int(one.get("min_level", 0)) for one in traits]),
        is_drug=is_drug,
        is_herb=np.array([row["class"] == "herb" for row in rows]),
        has_trace=is_drug & np.array(["no_trace" not in one for one in traits]),
        traits=traits,
    )


def _traits(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split(";") if part)
