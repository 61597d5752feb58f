"""Red seals: where they are on a page. What stands under them is `sealed_text`'s affair."""

import cv2
import numpy as np

from yidang.intake.reading.facts import Grid, Picture, Seal

LOOK_AT = 1000  # pixels of the longer side when looking for seals
MIN_SHARE = 0.05  # of the page's shorter side; a 42 mm seal on A4 has 0.2
MAX_SHARE = 0.45
MIN_ROUNDNESS = 0.86
MAX_OVAL = 1.7  # invoice seals are ovals of 40 by 30 mm
MIN_INK = 0.06  # share of the outline that is red; a thin pencil circle is no seal
GAP = 7
MARGIN = 0.06


def red_ink(picture: Picture) -> Grid:
    """255 where the picture is red, whatever the light."""
    hue, saturation, value = cv2.split(cv2.cvtColor(picture, cv2.COLOR_BGR2HSV))
    is_red = ((hue <= 11) | (hue >= 165)) & (saturation >= 55) & (value >= 70)  # noqa: PLR2004 - OpenCV hues run 0-179
    return (is_red * 255).astype(np.uint8)


def find_seals(picture: Picture) -> list[Seal]:
    height, width = picture.shape[:2]
    scale = min(LOOK_AT / max(width, height), 1.0)
    small = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    mask = red_ink(np.asarray(small, dtype=np.uint8))
    if not mask.any():
        return []
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (GAP, GAP)))
    contours, _ = cv2.findContours(joined, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    found = [seal for seal in (_as_seal(contour, mask) for contour in contours) if seal is not None]
    return sorted(found, key=lambda seal: (seal.box[1], seal.box[0]))


def _as_seal(contour: Grid, mask: Grid) -> Seal | None:
    height, width = mask.shape
    left, top, wide, tall = cv2.boundingRect(contour)
    short = min(width, height)
    if not MIN_SHARE * short <= min(wide, tall) <= max(wide, tall) <= MAX_SHARE * short:
        return None
    if max(wide, tall) > MAX_OVAL * min(wide, tall):
        return None
    roundness = _roundness(contour)
    ink = float((mask[top : top + tall, left : left + wide] > 0).mean())
    if roundness < MIN_ROUNDNESS or ink < MIN_INK:
        return None
    box = [left / width, top / height, (left + wide) / width, (top + tall) / height]
    return Seal(box=[round(side, 4) for side in box], roundness=round(roundness, 3))


def _roundness(contour: Grid) -> float:
    """How well the outline fills an ellipse of its own extent; a square gives 0.79 by the same measure."""
    hull = cv2.convexHull(contour)
    if len(hull) < 5:  # noqa: PLR2004 - an ellipse needs five points
        return 0.0
    (_, (minor, major), _) = cv2.fitEllipse(hull)
    ellipse = np.pi * minor * major / 4
    area = cv2.contourArea(hull)
    if not ellipse or not area:
        return 0.0
    return float(min(area / ellipse, ellipse / area))
