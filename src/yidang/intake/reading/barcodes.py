"""Barcodes and QR codes on a page: separator sheets carry one, invoices too."""

import cv2

from yidang.intake.reading.facts import Barcode, Picture

MAX_VALUE = 2000
LOOK_AT = 2400


def find_barcodes(picture: Picture) -> list[Barcode]:
    import zxingcpp

    height, width = picture.shape[:2]
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    found = []
    for code in zxingcpp.read_barcodes(grey, try_invert=False):
        if not code.valid or not code.text:
            continue
        place = code.position
        corners = [place.top_left, place.top_right, place.bottom_right, place.bottom_left]
        xs = [corner.x / width for corner in corners]
        ys = [corner.y / height for corner in corners]
        box = [round(side, 4) for side in (min(xs), min(ys), max(xs), max(ys))]
        found.append(Barcode(kind=code.format.name, value=code.text[:MAX_VALUE], box=box))
    return found
