"""Reading order: rows from top to bottom, each from left to right. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from yidang.holdings.reading import Line
from yidang.intake.reading.facts import Grid
from yidang.intake.reading.ocr import Quads, Recognised

SAME_ROW = 0.5  # share of the smaller height two lines must share to stand in one row


@dataclass(frozen=True)
class Placed:
    """A recognised line with its centre and size in pixels, in a page that no longer leans."""

    x: float
    y: float
    width: float
    height: float
    line: Line


def place(quads: Quads, results: Sequence[Recognised], skew: float, width: int, height: int) -> list[Placed]:
    """Boxes stay where the page shows them; only the order looks at the page as if it did not lean."""
    angle = np.radians(-skew)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    placed = []
    for quad, result in zip(quads, results, strict=True):
        centre = quad.mean(axis=0)
        wide = float(np.linalg.norm(quad[1] - quad[0]))
        tall = float(np.linalg.norm(quad[3] - quad[0]))
        box = _box(centre, wide, tall, (width, height))
        x, y = turn @ centre
        line = Line(text=result.text, box=box, confidence=round(result.weakest, 4))
        placed.append(Placed(x=float(x), y=float(y), width=wide, height=tall, line=line))
    return placed


def _box(centre: Grid, wide: float, tall: float, page: tuple[int, int]) -> list[float]:
    half = np.array([wide, tall]) / 2
    sides = np.concatenate([(centre - half) / page, (centre + half) / page])
    return [round(float(side), 5) for side in sides.clip(0.0, 1.0)]


def in_reading_order(placed: Sequence[Placed]) -> list[Line]:
    rows: list[list[Placed]] = []
    for item in sorted(placed, key=lambda p: p.y):
        row = next((row for row in reversed(rows[-3:]) if _belongs(item, row)), None)
        if row is None:
            rows.append([item])
        else:
            row.append(item)
    rows.sort(key=lambda row: float(np.mean([p.y for p in row])))
    return [item.line for row in rows for item in sorted(row, key=lambda p: p.x)]


def _belongs(item: Placed, row: Sequence[Placed]) -> bool:
    """Judged against the nearest line of the row, so that a row may bend a little across the page."""
    nearest = min(row, key=lambda other: abs(other.x - item.x))
    overlap = min(item.y + item.height / 2, nearest.y + nearest.height / 2) - max(
        item.y - item.height / 2, nearest.y - nearest.height / 2
    )
    return overlap > SAME_ROW * min(item.height, nearest.height)
