"""A page we draw ourselves, from a list of texts, rules and pictures placed in millimetres."""

from dataclasses import dataclass, field

import numpy as np
from PIL import Image, ImageDraw

from yidang.intake.reading.facts import Picture
from yidang.intake.reading.limits import MAX_VECTOR_SIDE, VECTOR_DPI, check_size
from yidang.intake.reading.sources.fonts import chinese_font

MM_PER_INCH = 25.4


@dataclass(frozen=True)
class Glyphs:
    """Characters, each at its own place: `xs` and `y` of the baseline, `size` is the height of the letters."""

    text: str
    xs: tuple[float, ...]
    y: float
    size: float


@dataclass(frozen=True)
class Placement:
    picture: Image.Image
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Rule:
    points: tuple[tuple[float, float], ...]
    width: float = 0.2


@dataclass
class Sheet:
    width: float
    height: float
    parts: list[Glyphs | Placement | Rule] = field(default_factory=list)

    def dots(self, longest: int | None = None) -> float:
        """Pixels per millimetre."""
        side = max(self.width, self.height, 1.0)
        scale = min(VECTOR_DPI / MM_PER_INCH, MAX_VECTOR_SIDE / side)
        return min(scale, longest / side) if longest else scale

    def size(self, longest: int | None = None) -> tuple[int, int]:
        scale = self.dots(longest)
        return max(round(self.width * scale), 1), max(round(self.height * scale), 1)

    def draw(self, longest: int | None = None) -> Picture:
        size, scale = self.size(longest), self.dots(longest)
        check_size(*size)
        paper = Image.new("RGB", size, "white")
        pen = ImageDraw.Draw(paper)
        for part in self.parts:
            if isinstance(part, Glyphs):
                _write(pen, part, scale)
            elif isinstance(part, Rule):
                pen.line(
                    [(x * scale, y * scale) for x, y in part.points],
                    fill="black",
                    width=max(round(part.width * scale), 1),
                )
            else:
                _paste(paper, part, scale)
        return np.ascontiguousarray(np.asarray(paper)[:, :, ::-1])


def _write(pen: ImageDraw.ImageDraw, part: Glyphs, scale: float) -> None:
    font = chinese_font(max(round(part.size * scale), 1))
    for character, x in zip(part.text, part.xs, strict=False):
        pen.text((x * scale, part.y * scale), character, font=font, fill="black", anchor="ls")


def _paste(paper: Image.Image, part: Placement, scale: float) -> None:
    wide, tall = max(round(part.width * scale), 1), max(round(part.height * scale), 1)
    check_size(wide, tall)
    picture = part.picture.convert("RGBA").resize((wide, tall), Image.Resampling.LANCZOS, reducing_gap=2.0)
    paper.paste(picture, (round(part.x * scale), round(part.y * scale)), picture)
