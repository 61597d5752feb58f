"""What we ask of a text recogniser, in our words. The engine behind it is `rapid.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol, TypeAlias

from yidang.intake.reading.facts import Grid, Picture

Quads: TypeAlias = Grid
"""n x 4 corners x (x, y) in pixels, from the upper left clockwise."""


@dataclass(frozen=True)
class Recognised:
    """`confidence` of the whole line on average, and of the character the engine was least sure of."""

    text: str
    confidence: float
    weakest: float


class OcrEngine(Protocol):
    def find(self, picture: Picture) -> Quads:
        """Where lines of text stand; an empty array where there are none."""

    def cut(self, picture: Picture, quads: Quads) -> list[Picture]:
        """Each line straightened; lines taller than wide are turned a quarter anticlockwise."""

    def upside_down(self, lines: Sequence[Picture]) -> list[float]:
        """For each line, how sure the engine is that it stands on its head, 0 to 1."""

    def recognise(self, lines: Sequence[Picture]) -> list[Recognised]: ...


@cache
def engine() -> OcrEngine:
    """The engine of this process, loaded on first use (a few seconds, about 0.5 GB)."""
    from yidang.intake.reading.rapid import RapidEngine

    return RapidEngine()
