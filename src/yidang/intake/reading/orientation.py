"""Which way is up: from the places of a page's lines, and from reading a few of them both ways when in doubt."""

from collections.abc import Sequence

import cv2
import numpy as np

from yidang.intake.reading.facts import Picture
from yidang.intake.reading.ocr import OcrEngine, Quads, Recognised

TALL = 1.5
LONG = 3.0
PROBES = 9
DOUBT = 0.4  # mean chance of standing on its head above which both ways are read

_TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def turn(picture: Picture, degrees: int) -> Picture:
    """Turned clockwise by a multiple of 90 degrees."""
    return np.asarray(cv2.rotate(picture, _TURNS[degrees]), dtype=np.uint8) if degrees else picture


def rotation_of(engine: OcrEngine, picture: Picture, quads: Quads) -> int:
    """Degrees clockwise that make the page upright: 0, 90, 180 or 270."""
    if not len(quads):
        return 0
    lies_on_its_side = _lies_on_its_side(quads)
    # `cut` turns a tall line a quarter anticlockwise: what then reads well stood turned 270 degrees from upright.
    lines = engine.cut(picture, _probes(quads, tall=lies_on_its_side))
    head_down = _stand_on_their_heads(engine, lines)
    if lies_on_its_side:
        return 90 if head_down else 270
    return 180 if head_down else 0


def _sides(quads: Quads) -> tuple[Quads, Quads]:
    return np.linalg.norm(quads[:, 1] - quads[:, 0], axis=1), np.linalg.norm(quads[:, 3] - quads[:, 0], axis=1)


def _lies_on_its_side(quads: Quads) -> bool:
    widths, heights = _sides(quads)
    tall = heights >= TALL * widths
    wide = widths >= TALL * heights
    return bool(heights[tall].sum() > widths[wide].sum())


def _probes(quads: Quads, *, tall: bool) -> Quads:
    """The longest lines that run the page's way, without the few longest, which may be rules or borders."""
    widths, heights = _sides(quads)
    length, thickness = (heights, widths) if tall else (widths, heights)
    long = np.flatnonzero(length >= LONG * thickness)
    chosen = long[np.argsort(-length[long])][:PROBES] if len(long) else np.argsort(-length)[:PROBES]
    return quads[chosen]


def _stand_on_their_heads(engine: OcrEngine, lines: Sequence[Picture]) -> bool:
    chances = engine.upside_down(lines)
    if not chances or float(np.mean(chances)) < DOUBT:
        return False
    as_is = engine.recognise(lines)
    turned = engine.recognise([turn(line, 180) for line in lines])
    return _score(turned) > _score(as_is)


def _score(results: Sequence[Recognised]) -> float:
    return sum(result.confidence * len(result.text) for result in results)
