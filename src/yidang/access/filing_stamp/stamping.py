"""An item's first page with its stamp. What is shown goes the way of every page: same filter, same ledger row."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np

from yidang.access import page_images
from yidang.access.filing_stamp import drawing
from yidang.access.filing_stamp.placing import Box, millimetres, place
from yidang.access.searchable_pdf import searchable_pdf
from yidang.holdings.models import Item, Page
from yidang.holdings.printing.stamp import Stamp, stamp_of
from yidang.identity.policy import Grant
from yidang.kernel.errors import NotFound

_LOOKED_AT = 400  # pixels across are enough to see what is clear


@dataclass(frozen=True)
class _Placed:
    stamp: Stamp
    box: Box


def stamped_page(grant: Grant, item: Item, number: int, width: int) -> bytes:
    """A page as JPEG; the stamp stands on the first alone. Raises as `page_image`; Conflict `item_not_filed`."""
    shown = page_images.page_image(grant, item, number, width).jpeg()
    if number != 1:
        return shown
    placed = _placed(item)
    return drawing.on_picture(shown, placed.stamp, placed.box)


def stamped_pdf(grant: Grant, item: Item) -> bytes:
    """The item as PDF, stamped. Raises as `searchable_pdf`; Conflict `item_not_filed`."""
    placed = _placed(item)
    sink = BytesIO()
    searchable_pdf(grant, item, sink)
    return drawing.on_pdf(sink.getvalue(), placed.stamp, placed.box)


def _placed(item: Item) -> _Placed:
    stamp = stamp_of(item)
    page = Page.objects.select_related("file").filter(item=item, number=1).first()
    if page is None:
        raise NotFound("page_not_found", number=1)
    grey = page_images.draw(page, _LOOKED_AT).mean(axis=2).astype(np.uint8)
    return _Placed(stamp, place(grey, millimetres(page)))
