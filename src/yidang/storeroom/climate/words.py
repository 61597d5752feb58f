"""Measures as people read them."""

from dataclasses import dataclass

from yidang.storeroom.climate import rules
from yidang.storeroom.climate.limits import Medium, media
from yidang.storeroom.models import Alarm, HourlyReading

_OF_HUMIDITY = {rules.TOO_DAMP, rules.TOO_DRY, rules.HUMIDITY_SWING}


@dataclass(frozen=True, slots=True)
class LimitRow:
    medium: Medium
    temperature: str
    humidity: str
    change: str


@dataclass(frozen=True, slots=True)
class HourRow:
    hour: object
    temperature: str
    humidity: str
    count: int
    outside: int


def plain(value: int | None) -> str:
    return "" if value is None else f"{value / 100:.1f}"


def _between(low: int | None, high: int | None) -> str:
    return "–" if low is None or high is None else f"{low / 100:g}–{high / 100:g}"


def limit_rows() -> list[LimitRow]:
    return [_limit_row(one) for one in media().values()]


def _limit_row(medium: Medium) -> LimitRow:
    limit = medium.limit
    changes = ((limit.temperature_change, " °C"), (limit.humidity_change, " % RH"))
    told = [f"± {change / 100:g}{unit}" for change, unit in changes if change is not None]
    return LimitRow(
        medium,
        _between(limit.temperature_low, limit.temperature_high),
        _between(limit.humidity_low, limit.humidity_high),
        ", ".join(told) or "–",
    )


def hour_row(row: HourlyReading) -> HourRow:
    """Lowest, mean and highest of the hour."""
    return HourRow(
        row.hour,
        _three(row.temperature_low, row.temperature_sum, row.temperature_high, row.count),
        _three(row.humidity_low, row.humidity_sum, row.humidity_high, row.count),
        row.count,
        row.outside,
    )


def _three(low: int, total: int, high: int, count: int) -> str:
    return f"{low / 100:.1f} / {rules.mean(total, count):.1f} / {high / 100:.1f}"


def measured(alarm: Alarm, value: int | None) -> str:
    if value is None:
        return "–"
    if alarm.kind == rules.SILENT:
        return f"{value} s"
    return f"{value / 100:.1f} {'% RH' if alarm.kind in _OF_HUMIDITY else '°C'}"
