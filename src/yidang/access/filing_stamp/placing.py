"""Where the stamp goes: at the head of the page, where the least is written."""

import numpy as np
from numpy.typing import NDArray

from yidang.holdings.models import Page
from yidang.holdings.printing.forms import stamp_size

A4_ACROSS = 210  # mm, for a page whose resolution is not known
_MM_PER_INCH = 25.4
_FROM_TOP, _FROM_EDGE = 6, 12  # mm
_PLACES_ACROSS, _PLACES_DOWN = 7, 3
_DARK = 160
_WRITTEN = 0.004  # of a place's dots; less is dust

Box = tuple[float, float, float, float]


def millimetres(page: Page) -> tuple[float, float]:
    """The upright page, across and down."""
    across, down = max(page.width, 1), max(page.height, 1)
    wide = across / page.dpi * _MM_PER_INCH if page.dpi else A4_ACROSS
    return wide, wide * down / across


def place(grey: NDArray[np.uint8], size: tuple[float, float]) -> Box:
    """x0, y0, x1, y1 as fractions of the page, whose size is in millimetres; the highest clear place, the right first.

    Where no place is clear, the one with the least ink.
    """
    wide, high = stamp_size()
    scale = min(1.0, (size[0] - 2) / wide)
    wide, high = wide * scale, high * scale
    room = max(size[0] - wide - 2 * _FROM_EDGE, 0)
    edge = (size[0] - wide - room) / 2
    corners = [
        (edge + room * across / (_PLACES_ACROSS - 1), _FROM_TOP + down * high / 2)
        for down in range(_PLACES_DOWN)
        for across in reversed(range(_PLACES_ACROSS))
    ]
    boxes = [(x / size[0], y / size[1], (x + wide) / size[0], (y + high) / size[1]) for x, y in corners]
    inks = [_ink(grey, box) for box in boxes]
    clear = next((box for box, ink in zip(boxes, inks, strict=True) if ink <= _WRITTEN), None)
    return clear or boxes[inks.index(min(inks))]


def _ink(grey: NDArray[np.uint8], box: Box) -> float:
    down, across = grey.shape
    part = grey[int(box[1] * down) : int(box[3] * down) + 1, int(box[0] * across) : int(box[2] * across) + 1]
    return float((part < _DARK).mean()) if part.size else 1.0
