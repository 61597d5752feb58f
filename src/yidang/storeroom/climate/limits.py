"""Limits per medium and the rule of alarms, from the data files of the package."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

from yidang.kernel.errors import Invalid
from yidang.storeroom.climate.rules import Limit, hundredths


@dataclass(frozen=True, slots=True)
class Medium:
    code: str
    title_zh: str
    title_en: str
    limit: Limit
    source: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class AlarmRule:
    n: int
    m: int
    silent_after: int
    silent_at_least: int
    escalate_minutes: int
    cure_days: int


def _data(name: str) -> str:
    return files("yidang.storeroom").joinpath("data", name).read_text(encoding="utf-8")


@cache
def media() -> Mapping[str, Medium]:
    return {row["medium"]: _medium(row) for row in csv.DictReader(StringIO(_data("climate_limits.csv")))}


def _medium(row: Mapping[str, str]) -> Medium:
    names = ("temperature_low", "temperature_high", "humidity_low", "humidity_high")
    numbers = {name: _number(row[name]) for name in (*names, "temperature_change", "humidity_change")}
    limit = Limit(medium=row["medium"], **numbers)
    return Medium(row["medium"], row["name_zh"], row["name_en"], limit, row["source"], row["verified"] == "yes")


def _number(text: str) -> int | None:
    return hundredths(float(text)) if text else None


def medium(code: str) -> Medium:
    """Raises Invalid `medium_unknown`."""
    if code not in media():
        raise Invalid("medium_unknown")
    return media()[code]


@cache
def alarm_rule() -> AlarmRule:
    told: dict[str, Any] = tomllib.loads(_data("alarms.toml"))
    return AlarmRule(**{name: int(told[name]) for name in AlarmRule.__dataclass_fields__})
