"""Boxes and places by their codes."""

from yidang.kernel.errors import NotFound
from yidang.storeroom.keeping.rules import box_number
from yidang.storeroom.models import Box, Place


def find_box(code: str, *, lock: bool = False) -> Box:
    """Raises NotFound `box_not_found`, Invalid `label_unreadable`."""
    boxes = Box.objects.select_for_update(of=("self",)) if lock else Box.objects
    found = boxes.select_related("place").filter(number=box_number(code)).first()
    if found is None:
        raise NotFound("box_not_found", box=code.strip()[:20])
    return found


def find_place(code: str, *, lock: bool = False) -> Place:
    """Raises NotFound `place_not_found`."""
    places = Place.objects.select_for_update() if lock else Place.objects
    found = places.filter(code=code.strip().removeprefix("yd:").removeprefix("place:").upper()).first()
    if found is None:
        raise NotFound("place_not_found", place=code.strip()[:40])
    return found
