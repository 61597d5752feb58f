"""The points of a round, from the data file of the package."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from yidang.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class Point:
    code: str
    title_zh: str
    title_en: str
    ask_zh: str
    ask_en: str


@dataclass(frozen=True, slots=True)
class Checklist:
    version: str
    source: str
    is_verified: bool
    points: tuple[Point, ...]


@cache
def checklist() -> Checklist:
    told = tomllib.loads(files("yidang.storeroom").joinpath("data/eight_protections.toml").read_text(encoding="utf-8"))
    points = tuple(Point(**row) for row in told["points"])
    return Checklist(told["version"], told["source"], bool(told["verified"]), points)


def point(code: str) -> Point:
    """Raises Invalid `round_point_unknown`."""
    found = next((one for one in checklist().points if one.code == code), None)
    if found is None:
        raise Invalid("round_point_unknown")
    return found
