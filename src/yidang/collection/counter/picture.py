"""A frame of a camera becomes a page: edges found, made upright and flat; blur and glare refused at once.

Pure: OpenCV and NumPy only.
"""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from yidang.kernel.errors import Invalid

Picture = NDArray[np.uint8]
LARGEST_BYTES = 12 * 1024 * 1024
LARGEST_SIDE = 6000
SHARP = 55.0  # variance of the Laplacian on a page 1000 px wide; text in focus has hundreds
GLARE = 0.02  # share of burnt-out pixels in one patch of light that no paper shows
_BURNT = 252
_PAPER = 235  # half of a page brighter than this is even light, not a lamp in it
_WORK = 1000  # px: edges and sharpness are looked for on a picture this wide
_SMALLEST = 0.2  # of the frame; anything smaller is a card on the desk or a shadow
_QUALITY = 88


@dataclass(frozen=True)
class Taken:
    """A page as JPEG. `is_cut`: its edges were found and the desk around it cut away."""

    jpeg: bytes
    width: int
    height: int
    is_cut: bool


def page_of(data: bytes) -> Taken:
    """Raises Invalid `picture_unreadable`, `picture_too_large`, `picture_blurred`, `picture_glare`."""
    frame = _decoded(data)
    edges = corners(frame)
    page = flattened(frame, edges) if edges is not None else frame
    judge(page)
    done, coded = cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    if not done:
        raise Invalid("picture_unreadable")
    return Taken(coded.tobytes(), page.shape[1], page.shape[0], edges is not None)


def _decoded(data: bytes) -> Picture:
    if len(data) > LARGEST_BYTES:
        raise Invalid("picture_too_large")
    if not data.startswith(b"\xff\xd8"):
        raise Invalid("picture_unreadable")
    frame = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    if frame is None:
        raise Invalid("picture_unreadable")
    if max(frame.shape[:2]) > LARGEST_SIDE:
        raise Invalid("picture_too_large")
    return frame.astype(np.uint8, copy=False)


def corners(frame: Picture) -> NDArray[np.float32] | None:
    """Of the page in the frame: top left, top right, bottom right, bottom left; None when no page stands out."""
    scale = _WORK / max(frame.shape[:2])
    small = cv2.resize(frame, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    grey = cv2.GaussianBlur(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), (7, 7), 0)
    _, bright = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    closed = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((15, 15), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    largest = max(outlines, key=cv2.contourArea)
    share = cv2.contourArea(largest) / (small.shape[0] * small.shape[1])
    if not _SMALLEST < share < 0.98:  # noqa: PLR2004 - the page fills the frame: there is no desk to cut away
        return None
    hull = cv2.convexHull(largest)
    four = cv2.approxPolyDP(hull, 0.03 * cv2.arcLength(hull, closed=True), closed=True)
    return _ordered(four.reshape(4, 2) / scale) if len(four) == 4 else None  # noqa: PLR2004 - a page has four corners


def _ordered(points: NDArray[np.float64]) -> NDArray[np.float32]:
    down, across = points.sum(axis=1), np.diff(points, axis=1).ravel()
    order = [down.argmin(), across.argmin(), down.argmax(), across.argmax()]
    return points[order].astype(np.float32)


def flattened(frame: Picture, edges: NDArray[np.float32]) -> Picture:
    a, b, c, d = edges
    width = round(max(float(np.linalg.norm(b - a)), float(np.linalg.norm(c - d))))
    height = round(max(float(np.linalg.norm(d - a)), float(np.linalg.norm(c - b))))
    flat = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    turned = cv2.warpPerspective(frame, cv2.getPerspectiveTransform(edges, flat), (width, height))
    return turned.astype(np.uint8, copy=False)


def judge(page: Picture) -> None:
    """Raises Invalid `picture_blurred` or `picture_glare`."""
    scale = _WORK / page.shape[1]
    grey = cv2.cvtColor(cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    if glare(grey.astype(np.uint8, copy=False)) > GLARE:
        raise Invalid("picture_glare")
    if sharpness(grey.astype(np.uint8, copy=False)) < SHARP:
        raise Invalid("picture_blurred")


def sharpness(grey: Picture) -> float:
    """Of the sharpest ninth: a form may be empty elsewhere."""
    parts = (part for row in np.array_split(grey, 3) for part in np.array_split(row, 3, axis=1))
    return max(float(cv2.Laplacian(part, cv2.CV_64F).var()) for part in parts)


def glare(grey: Picture) -> float:
    """Share of the largest burnt-out patch, on paper that is not burnt out as a whole."""
    if np.percentile(grey, 50) > _PAPER:
        return 0.0
    burnt = (cv2.GaussianBlur(grey, (9, 9), 0) >= _BURNT).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(burnt)
    largest = max((int(stats[n, cv2.CC_STAT_AREA]) for n in range(1, count)), default=0)
    return largest / grey.size
