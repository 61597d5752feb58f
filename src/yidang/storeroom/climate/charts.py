"""A curve as numbers for an SVG that the server draws: hours from left to right, the limits as a band behind."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from yidang.kernel import clock

WIDTH, HEIGHT = 720, 200
_LEFT, _RIGHT, _TOP, _BOTTOM = 44, 8, 10, 24
_TICKS = 4
_STROKE = timedelta(minutes=10)
_GAP = timedelta(hours=2)  # the curve breaks where nothing was read


@dataclass(frozen=True, slots=True)
class Spot:
    """One hour: hundredths."""

    at: datetime
    low: int
    mean: float
    high: int


@dataclass(frozen=True, slots=True)
class Tick:
    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Band:
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """`lines` and `areas` are SVG point lists. The box is WIDTH x HEIGHT."""

    lines: Sequence[str]
    areas: Sequence[str]
    band: Band | None
    ticks_up: Sequence[Tick]
    ticks_along: Sequence[Tick]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = _LEFT
    inner: int = WIDTH - _LEFT - _RIGHT
    right: int = WIDTH - _RIGHT
    bottom: int = HEIGHT - _BOTTOM


def draw(spots: Sequence[Spot], *, since: datetime, until: datetime, low: int | None, high: int | None) -> Chart:
    limits = [value for value in (low, high) if value is not None]
    values = [value for spot in spots for value in (spot.low, spot.high)] + limits or [0, 100]
    scale = _Scale(since, until, min(values) - 100, max(values) + 100)
    runs = [_seen(run) for run in _runs(spots)]
    return Chart(
        lines=[" ".join(scale.point(spot.at, spot.mean) for spot in run) for run in runs],
        areas=[_area(scale, run) for run in runs],
        band=_band(scale, low, high),
        ticks_up=[Tick(scale.y(value), f"{value / 100:.0f}") for value in scale.levels()],
        ticks_along=[Tick(scale.x(at), _moment(at, until - since)) for at in scale.moments()],
    )


class _Scale:
    def __init__(self, since: datetime, until: datetime, lowest: int, highest: int) -> None:
        self._since, self._span = since, (until - since) / timedelta(seconds=1)
        self._lowest, self._highest = lowest, highest

    def x(self, at: datetime) -> float:
        share = (at - self._since) / timedelta(seconds=1) / self._span
        return round(_LEFT + min(max(share, 0.0), 1.0) * (WIDTH - _LEFT - _RIGHT), 1)

    def y(self, value: float) -> float:
        share = (value - self._lowest) / (self._highest - self._lowest)
        return round(HEIGHT - _BOTTOM - share * (HEIGHT - _TOP - _BOTTOM), 1)

    def point(self, at: datetime, value: float) -> str:
        return f"{self.x(at)},{self.y(value)}"

    def levels(self) -> list[float]:
        step = (self._highest - self._lowest) / _TICKS
        return [self._lowest + step * number for number in range(_TICKS + 1)]

    def moments(self) -> list[datetime]:
        return [self._since + timedelta(seconds=self._span * number / _TICKS) for number in range(_TICKS)]


def _runs(spots: Sequence[Spot]) -> list[list[Spot]]:
    runs: list[list[Spot]] = []
    for spot in spots:
        if runs and spot.at - runs[-1][-1].at <= _GAP:
            runs[-1].append(spot)
        else:
            runs.append([spot])
    return runs


def _seen(run: list[Spot]) -> list[Spot]:
    """An hour that stands alone is drawn as a short stroke: a line from a point to itself shows nothing."""
    if len(run) > 1:
        return run
    return [replace(run[0], at=run[0].at + side) for side in (-_STROKE, _STROKE)]


def _area(scale: _Scale, run: Sequence[Spot]) -> str:
    """Between the lowest and the highest of each hour."""
    there = [scale.point(spot.at, spot.high) for spot in run]
    back = [scale.point(spot.at, spot.low) for spot in reversed(run)]
    return " ".join([*there, *back])


def _band(scale: _Scale, low: int | None, high: int | None) -> Band | None:
    if low is None or high is None:
        return None
    top = scale.y(high)
    return Band(top, round(scale.y(low) - top, 1))


def _moment(at: datetime, span: timedelta) -> str:
    local = at.astimezone(clock.CHINA)
    return local.strftime("%H:%M") if span <= timedelta(days=1) else local.strftime("%m-%d")
