"""盒内备考表 (DA/T 22): what lies in the box, and who arranged and checked it, to be signed by hand."""

from collections.abc import Iterator, Sequence

from django.conf import settings

from yidang.holdings.printing.forms import Language, form
from yidang.holdings.printing.pdf import pdf
from yidang.holdings.printing.sheets import Card, word
from yidang.storeroom.keeping.listing import Kept, contents
from yidang.storeroom.models import Box
from yidang.storeroom.models.keeping import ThingKind

_SIGNED = ("arranged_by", "arranged_on", "checked_by", "checked_on")


def reference_sheet(box: Box, language: Language) -> bytes:
    card = Card(
        form("box_reference", language),
        fonds=settings.YIDANG.bureau_name,
        title=f"{word(language, 'box')} {box.code}",
        places=[(word(language, key), "") for key in _SIGNED],
        text=list(_state(box, contents(box), language)),
    )
    return pdf(card, language)


def _state(box: Box, inside: Sequence[Kept], language: Language) -> Iterator[str]:
    there = [one for one in inside if not one.keeping.is_ended]
    volumes = sum(one.keeping.kind == ThingKind.VOLUME for one in there)
    yield word(language, "box_count", items=len(there) - volumes, volumes=volumes)
    if there:
        yield from word(language, "box_from_to", first=there[0].code, last=there[-1].code).splitlines()
    if box.place:
        yield word(language, "box_place", place=box.place.code)
    yield from (word(language, "box_out", code=one.code) for one in there if one.is_out)
    yield from (word(language, "box_ended", code=one.code) for one in inside if one.keeping.is_ended)
