"""What the books say of a place at this moment, by the tags of the labels."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from yidang.kernel.errors import Invalid
from yidang.storeroom.keeping.listing import boxes_below
from yidang.storeroom.keeping.names import codes_of
from yidang.storeroom.keeping.rules import read_tag
from yidang.storeroom.models import Box, Keeping, Outgoing, Place


def expected_at(place: Place, *, with_contents: bool) -> dict[str, str]:
    """Tag to container. What is out with somebody is not expected."""
    boxes = list(boxes_below(place).filter(is_closed=False).select_related("place"))
    found = {f"box:{box.code}": f"place:{box.place.code}" for box in boxes if box.place}
    if with_contents:
        found |= _contents(boxes)
    return found


def _contents(boxes: Iterable[Box]) -> dict[str, str]:
    out = set(Outgoing.objects.filter(back_at__isnull=True).values_list("thing", flat=True))
    rows = Keeping.objects.filter(box__in=list(boxes), is_ended=False).select_related("box")
    return {f"{row.kind}:{row.thing}": f"box:{row.box.code}" for row in rows if row.thing not in out}


def booked(tags: Iterable[str]) -> dict[str, str]:
    """Where the books have these things; what they have nowhere is left out."""
    parsed = [read_tag(tag) for tag in tags]
    numbers = [int(tag.value[1:]) for tag in parsed if tag.kind == "box"]
    things = [tag.id for tag in parsed if tag.kind in {"item", "volume"}]
    boxes = Box.objects.filter(number__in=numbers, place__isnull=False).select_related("place")
    kept = Keeping.objects.filter(pk__in=things).select_related("box")
    return {f"box:{box.code}": f"place:{box.place.code}" for box in boxes if box.place} | {
        f"{row.kind}:{row.thing}": f"box:{row.box.code}" for row in kept
    }


def said(tags: Iterable[str]) -> Mapping[str, str]:
    """Tags as people say them: boxes and places by their codes, records by 档号."""
    parsed = {tag: read_tag(tag) for tag in set(tags) if tag}
    codes = codes_of([tag.id for tag in parsed.values() if tag.kind in {"item", "volume"}])
    return {text: _said(tag.value, codes) for text, tag in parsed.items()}


def _said(value: str, codes: Mapping[UUID, str]) -> str:
    try:
        return codes.get(UUID(value), value[:8])
    except ValueError:
        return value


def is_tag(text: str, *kinds: str) -> bool:
    try:
        return read_tag(text).kind in kinds
    except Invalid:
        return False
