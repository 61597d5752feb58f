"""From the detector's heat map to the places of lines. Pure."""

import cv2
import numpy as np

from yidang.intake.reading.facts import Grid
from yidang.intake.reading.ocr import Quads

LONGEST = 1600  # what the detector sees of a page; small print on A4 still has 12 pixels then
SHORTEST = 736  # strips and cards are enlarged to it
STEP = 32  # the network's stride
HOT = 0.3
SURE = 0.5
UNCLIP = 1.6  # the network is trained on shrunken boxes
MIN_SIDE = 3
MAX_LINES = 2000


def detector_size(width: int, height: int) -> tuple[int, int]:
    ratio = min(LONGEST / max(width, height), max(SHORTEST / min(width, height), 1.0))
    return _stepped(width * ratio), _stepped(height * ratio)


def _stepped(side: float) -> int:
    return max(round(side / STEP), 1) * STEP


def boxes_of(heat: Grid, x_scale: float, y_scale: float, width: int, height: int) -> Quads:
    """Corners in pixels of the picture; unordered."""
    mask = cv2.dilate((heat > HOT).astype(np.uint8), np.ones((2, 2), np.uint8))
    contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    quads = [quad for quad in (_quad_of(contour, heat) for contour in contours[:MAX_LINES]) if quad is not None]
    if not quads:
        return np.empty((0, 4, 2), np.float32)
    scaled = np.stack(quads) * np.array([x_scale, y_scale], np.float32)
    scaled[:, :, 0] = scaled[:, :, 0].clip(0, width - 1)
    scaled[:, :, 1] = scaled[:, :, 1].clip(0, height - 1)
    return scaled.astype(np.float32)


def _quad_of(contour: Grid, heat: Grid) -> Grid | None:
    centre, (wide, tall), angle = cv2.minAreaRect(contour)
    if min(wide, tall) < MIN_SIDE:
        return None
    if _mean_heat(heat, cv2.boxPoints((centre, (wide, tall), angle))) < SURE:
        return None
    grow = 2 * UNCLIP * wide * tall / (2 * (wide + tall))
    return _clockwise(cv2.boxPoints((centre, (wide + grow, tall + grow), angle)))


def _mean_heat(heat: Grid, corners: Grid) -> float:
    left, top = np.floor(corners.min(axis=0)).astype(int).clip(0)
    right, bottom = np.ceil(corners.max(axis=0)).astype(int)
    part = heat[top : bottom + 1, left : right + 1]
    mask = np.zeros(part.shape, np.uint8)
    cv2.fillPoly(mask, [(corners - [left, top]).astype(np.int32)], 1)
    return float(cv2.mean(part, mask)[0])


def _clockwise(corners: Grid) -> Grid:
    """From the upper left. Sorting by x then y is right for lines and columns alike, tilted up to 45 degrees."""
    by_x = corners[np.argsort(corners[:, 0], kind="stable")]
    left = sorted(by_x[:2], key=lambda corner: float(corner[1]))
    right = sorted(by_x[2:], key=lambda corner: float(corner[1]))
    return np.stack([left[0], right[0], right[1], left[1]])
