"""How far a page leans: first from its lines' corners, then by the sharpest projection of its ink."""

import cv2
import numpy as np

from yidang.intake.reading.facts import Grid, Picture
from yidang.intake.reading.ocr import Quads

LONG = 4.0  # a line this many times as long as high tells its angle
MAX_SKEW = 20.0
LOOK_AT = 1000
REACH = 0.6  # degrees searched on either side of the first guess
STEP = 0.05
MAX_POINTS = 60_000
DARKER = 40


def skew_of(picture: Picture, quads: Quads) -> float:
    """Degrees the upright page is turned clockwise; 0.0 when it has no lines."""
    guess = _from_lines(quads)
    return 0.0 if guess is None else round(_refined(picture, guess), 2)


def _from_lines(quads: Quads) -> float | None:
    lengths = np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1)
    straight = lengths >= LONG * np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)
    if not straight.any():
        return None
    along = (quads[:, 1] - quads[:, 0] + quads[:, 2] - quads[:, 3])[straight]
    angles = np.degrees(np.arctan2(along[:, 1], along[:, 0]))
    angle = _weighted_median(angles, lengths[straight])
    return angle if abs(angle) <= MAX_SKEW else None


def _weighted_median(values: Grid, weights: Grid) -> float:
    order = np.argsort(values)
    reached = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(reached, reached[-1] / 2)])


def _refined(picture: Picture, guess: float) -> float:
    ink = _ink_points(picture)
    if not len(ink):
        return guess
    angles = np.arange(guess - REACH, guess + REACH + STEP / 2, STEP)
    return float(angles[int(np.argmax([_sharpness(ink, angle) for angle in angles]))])


def _ink_points(picture: Picture) -> Grid:
    """(x, y) of dark points, thinned out evenly where there are too many."""
    scale = min(LOOK_AT / max(picture.shape[:2]), 1.0)
    grey = cv2.resize(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    dark = grey.astype(np.int16) < cv2.blur(grey, (25, 25)).astype(np.int16) - DARKER
    rows, columns = np.nonzero(dark)
    every = max(len(rows) // MAX_POINTS, 1)
    return np.stack([columns[::every], rows[::every]], axis=1).astype(np.float32)


def _sharpness(ink: Grid, angle: float) -> float:
    """Rows of text make a projection with steep steps when seen along their own direction."""
    radians = np.radians(angle)
    heights = ink[:, 1] * np.cos(radians) - ink[:, 0] * np.sin(radians)
    counts, _ = np.histogram(heights, bins=np.arange(heights.min(), heights.max() + 2.0, 1.0))
    return float((np.diff(counts.astype(np.float64)) ** 2).sum())
