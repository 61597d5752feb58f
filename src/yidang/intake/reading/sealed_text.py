"""Text under seals: read several times, each time with the seal's ink taken away another way, and put to the vote."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

import cv2
import numpy as np

from yidang.intake.reading.bleaching import bleached, deeply, unmixed
from yidang.intake.reading.facts import Picture, Seal
from yidang.intake.reading.ocr import OcrEngine, Quads, Recognised

UNANIMOUS = 0.95  # even then a stroke may have gone under the ink in every reading
DARK = 3  # percentile that tells how black a line's ink is
PALE = 0.5  # of the depth of the page's other lines: what is no darker is what the seal itself says
USUAL_DEPTH = 0.6  # where a page has no other lines
REACH = 0.05  # of the seal's side: text this near to it may be touched


def read_under_seals(
    engine: OcrEngine, picture: Picture, seals: Sequence[Seal], quads: Quads, lines: Sequence[Picture]
) -> dict[int, Recognised]:
    """By place in `quads`: the agreed reading of each line a seal touches, empty for the seal's own words.

    `lines` are cut from the picture bleached lightly; `picture` still has its seals.
    """
    touched = [place for place, quad in enumerate(quads) if _is_touched(quad, seals, picture)]
    if not touched:
        return {}
    chosen = quads[touched]
    ways = [picture, bleached(picture, seals, unmixed), bleached(picture, seals, deeply)]
    votes = [engine.recognise([lines[place] for place in touched])]
    votes += [engine.recognise(engine.cut(way, chosen)) for way in ways]
    agreed = [_vote(readings) for readings in zip(*votes, strict=True)]
    others = [_depth(line) for place, line in enumerate(lines) if place not in touched]
    least = PALE * (float(np.median(others)) if others else USUAL_DEPTH)
    return {
        place: reading if _depth(lines[place]) >= least else replace(reading, text="")
        for place, reading in zip(touched, agreed, strict=True)
    }


def _vote(readings: Sequence[Recognised]) -> Recognised:
    """Each reading weighs by how sure it is; the winner is as sure as its share of the vote lets it be."""
    weights: defaultdict[str, float] = defaultdict(float)
    for reading in readings:
        weights[reading.text] += reading.confidence**3 * (0.3 + reading.weakest)
    text = max(weights, key=lambda text: weights[text])
    best = max((r for r in readings if r.text == text), key=lambda r: r.weakest)
    share = weights[text] / max(sum(weights.values()), 1e-9)
    return replace(best, weakest=best.weakest * min(share, UNANIMOUS))


def _is_touched(quad: Quads, seals: Sequence[Seal], picture: Picture) -> bool:
    height, width = picture.shape[:2]
    x0, y0 = quad.min(axis=0) / (width, height)
    x1, y1 = quad.max(axis=0) / (width, height)
    return any(_meets((x0, y0, x1, y1), seal.box) for seal in seals)


def _meets(box: Sequence[float], seal: Sequence[float]) -> bool:
    grow_x, grow_y = REACH * (seal[2] - seal[0]), REACH * (seal[3] - seal[1])
    across = box[0] < seal[2] + grow_x and seal[0] - grow_x < box[2]
    return across and box[1] < seal[3] + grow_y and seal[1] - grow_y < box[3]


def _depth(line: Picture) -> float:
    """How much darker than its paper a line's ink is, 0 to 1."""
    dark, paper = np.percentile(cv2.cvtColor(line, cv2.COLOR_BGR2GRAY), (DARK, 90))
    return 1.0 - float(dark) / max(float(paper), 1.0)
