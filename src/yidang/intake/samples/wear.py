"""What scanners and years do to a page. Every step keeps track of where the text went."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from yidang.intake.samples.paper import DPI, Paper

Pixels: TypeAlias = NDArray[Any]
Box = tuple[float, float, float, float]


@dataclass
class Scan:
    """A page as scanned. Boxes are fractions of the upright page; `rotation` turns it upright, clockwise."""

    pixels: Pixels  # red, green, blue
    dpi: int
    lines: list[tuple[str, Box]]
    seals: list[Box]
    wear: list[str] = field(default_factory=list)
    rotation: int = 0
    skew: float = 0.0
    quality: int = 60

    @property
    def has_colour(self) -> bool:
        return self.pixels.ndim == 3


def scan(paper: Paper) -> Scan:
    pixels = np.asarray(paper.image)
    height, width = pixels.shape[:2]
    size = (width, height, width, height)
    lines = [(fragment.text, _share(fragment.box, size)) for fragment in paper.fragments]
    return Scan(pixels, DPI, lines, [_share(box, size) for box in paper.seals])


def _share(box: Sequence[float], size: Sequence[int]) -> Box:
    x0, y0, x1, y1 = (round(side / whole, 4) for side, whole in zip(box, size, strict=True))
    return x0, y0, x1, y1


def lean(page: Scan, rng: Random) -> None:
    angle = rng.choice((-1, 1)) * rng.uniform(0.4, 2.6)
    height, width = page.pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -angle, 1.0)
    border = tuple(int(v) for v in np.median(page.pixels.reshape(-1, *page.pixels.shape[2:]), axis=0).reshape(-1))
    page.pixels = cv2.warpAffine(page.pixels, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=border)
    page.lines = [(text, _moved(box, turn, width, height)) for text, box in page.lines]
    page.seals = [_moved(box, turn, width, height) for box in page.seals]
    page.skew = round(angle, 2)


def _moved(box: Box, turn: Pixels, width: int, height: int) -> Box:
    """The same box around the centre's new place: text keeps its own length and height."""
    x, y = (box[0] + box[2]) / 2 * width, (box[1] + box[3]) / 2 * height
    new_x, new_y = turn @ np.array([x, y, 1.0])
    dx, dy = float(new_x - x) / width, float(new_y - y) / height
    return round(box[0] + dx, 4), round(box[1] + dy, 4), round(box[2] + dx, 4), round(box[3] + dy, 4)


def blur(page: Scan, rng: Random) -> None:
    page.pixels = cv2.GaussianBlur(page.pixels, (0, 0), rng.uniform(0.6, 1.0) * page.dpi / DPI)


def speckle(page: Scan, rng: Random) -> None:
    dice = np.random.default_rng(rng.randrange(2**32))
    noise = dice.normal(0, rng.uniform(5, 11), page.pixels.shape[:2])
    noisy = page.pixels.astype(np.float32) + (noise[:, :, np.newaxis] if page.has_colour else noise)
    specks = dice.random(page.pixels.shape[:2]) < 0.0003
    noisy[specks] = rng.uniform(60, 140)
    page.pixels = np.clip(noisy, 0, 255).astype(np.uint8)


def coarsen(page: Scan, _: Random) -> None:
    factor = 150 / page.dpi
    page.pixels = cv2.resize(page.pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    page.dpi = 150


def squeeze(page: Scan, _: Random) -> None:
    page.quality = 30


def grey(page: Scan, _: Random) -> None:
    if page.has_colour:
        page.pixels = cv2.cvtColor(page.pixels, cv2.COLOR_RGB2GRAY)


def fade(page: Scan, rng: Random) -> None:
    page.pixels = (255 - (255 - page.pixels.astype(np.float32)) * rng.uniform(0.55, 0.8)).astype(np.uint8)


def shade(page: Scan, rng: Random) -> None:
    """Light falls off to one side, as at the gutter of a bound volume."""
    height, width = page.pixels.shape[:2]
    fall = np.linspace(1.0, rng.uniform(0.72, 0.88), width, dtype=np.float32)
    ramp = np.tile(fall if rng.random() < 0.5 else fall[::-1], (height, 1))
    page.pixels = (page.pixels * (ramp[:, :, np.newaxis] if page.has_colour else ramp)).astype(np.uint8)


def turn(page: Scan, rng: Random) -> None:
    page.rotation = rng.choice((90, 180, 270))
    page.pixels = np.ascontiguousarray(np.rot90(page.pixels, page.rotation // 90))


def threshold(page: Scan, rng: Random) -> None:
    """Black and white only, as fax machines and old archive scanners gave."""
    grey(page, rng)
    page.pixels = np.where(page.pixels < 150, 0, 255).astype(np.uint8)


STEPS: Mapping[str, Callable[[Scan, Random], None]] = {
    "skew": lean,
    "blur": blur,
    "noise": speckle,
    "dpi150": coarsen,
    "faded": fade,
    "shade": shade,
    "grey": grey,
    "bilevel": threshold,
    "jpeg30": squeeze,
    "turned": turn,
}
RECIPES: tuple[tuple[str, ...], ...] = (
    ("skew",),
    ("skew", "grey"),
    ("blur", "jpeg30"),
    ("skew", "dpi150", "jpeg30"),
    ("skew", "blur", "dpi150", "jpeg30"),
    ("noise", "dpi150"),
    ("skew", "noise"),
    ("skew", "faded", "grey"),
    ("shade", "dpi150"),
    ("turned", "dpi150"),
    ("skew", "turned", "jpeg30"),
    ("bilevel",),
    ("skew", "bilevel"),
    ("skew", "blur", "noise", "jpeg30"),
)


def wear_down(page: Scan, rng: Random, steps: Sequence[str]) -> Scan:
    for step in steps:
        STEPS[step](page, rng)
        page.wear.append(step)
    return page
