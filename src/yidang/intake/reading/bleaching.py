"""A page without the ink of its seals.

In the red channel red ink is pale. No one way of taking it to white is right for every seal, so there are several;
outside of the seals all leave the picture as it is.
"""

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from yidang.intake.reading.facts import Grid, Picture, Seal
from yidang.intake.reading.seals import red_ink

MARGIN = 0.06  # of a seal's side, around it
USUAL_RED = 200.0  # the red value of seal ink where a seal has too little of it to tell
ENOUGH_INK = 50  # pixels
Bleach = Callable[[Picture], Grid]


def bleached(picture: Picture, seals: Sequence[Seal], bleach: Bleach) -> Picture:
    if not seals:
        return picture
    copy = picture.copy()
    for seal in seals:
        rows, columns = _region(seal, *picture.shape[:2])
        part = np.ascontiguousarray(picture[rows, columns])
        copy[rows, columns] = bleach(part)[:, :, np.newaxis]
    return copy


def lightly(part: Picture) -> Grid:
    """Red ink and its rim become paper, everything else keeps its red channel."""
    red = part[:, :, 2]
    near_ink = cv2.dilate(red_ink(part), np.ones((5, 5), np.uint8)) > 0
    lifted = red.astype(np.float32) * (255.0 / (0.95 * _ink_level(part)))
    return _bytes(np.where(near_ink, lifted, red))


def deeply(part: Picture) -> Grid:
    """The red channel stretched until the darker part of the ink is paper too; thin strokes of text suffer."""
    red, ink = part[:, :, 2], part[:, :, 2][red_ink(part) > 0]
    white = max(float(np.percentile(ink, 35)) - 30, 90.0) if ink.size else 255.0
    return _bytes(red.astype(np.float32) * (255.0 / white))


def unmixed(part: Picture) -> Grid:
    """Ink multiplies with what is below it; the share of ink, told by how red a pixel is, is divided out again."""
    blue, green, red = (part[:, :, channel].astype(np.float32) for channel in range(3))
    redness = red - np.maximum(blue, green)
    inked = redness[red_ink(part) > 0]
    paper = max(float(np.percentile(red, 90)), 1.0)
    share = np.clip(redness / max(float(np.percentile(inked, 70)) if inked.size else 255.0, 1.0), 0, 1)
    passed = min(_ink_level(part) / paper, 1.0) * 0.85
    return _bytes(red / (1 - share * (1 - passed)) * (255.0 / paper))


def _ink_level(part: Picture) -> float:
    """The red value of full ink: of the clearly coloured pixels only, so that text below does not count."""
    hue, saturation, value = cv2.split(cv2.cvtColor(part, cv2.COLOR_BGR2HSV))
    is_full = ((hue <= 11) | (hue >= 165)) & (saturation >= 120) & (value >= 110)  # noqa: PLR2004 - OpenCV hues
    full = part[:, :, 2][is_full]
    return float(np.median(full)) if full.size > ENOUGH_INK else USUAL_RED


def _bytes(values: Grid) -> Grid:
    return np.clip(values, 0, 255).astype(np.uint8)


def _region(seal: Seal, height: int, width: int) -> tuple[slice, slice]:
    x0, y0, x1, y1 = seal.box
    grow_x, grow_y = MARGIN * (x1 - x0), MARGIN * (y1 - y0)
    rows = slice(max(int((y0 - grow_y) * height), 0), int((y1 + grow_y) * height) + 1)
    columns = slice(max(int((x0 - grow_x) * width), 0), int((x1 + grow_x) * width) + 1)
    return rows, columns
