"""How much is written on a page at all."""

import cv2
import numpy as np

from yidang.intake.reading.facts import Picture

EDGE = 0.04  # scanner shadows and punch holes live here
DARKER = 45  # grey levels below the paper around it
LOOK_AT = 1000
FAINT = 0.0008  # share of ink below which a page without any text is blank


def ink_share(picture: Picture) -> float:
    """Share of the page, edges apart, that is clearly darker than the paper around it."""
    scale = min(LOOK_AT / max(picture.shape[:2]), 1.0)
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    calm = cv2.medianBlur(small, 3)  # lone specks are dust
    paper = cv2.blur(cv2.dilate(calm, np.ones((9, 9), np.uint8)), (31, 31))
    rows, columns = (max(int(side * EDGE), 1) for side in calm.shape)
    inner = np.s_[rows : calm.shape[0] - rows, columns : calm.shape[1] - columns]
    return float((calm[inner].astype(np.int16) < paper[inner].astype(np.int16) - DARKER).mean())


def looks_empty(picture: Picture) -> bool:
    return ink_share(picture) < FAINT
