"""Pages as pictures: upright, in a few widths, made once and kept sealed in the cache."""

import hashlib
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from io import BytesIO
from math import ceil
from typing import cast

import numpy as np
from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from numpy.typing import NDArray
from PIL import Image

from yidang.access.lending import watermark
from yidang.access.ports import PageOpener
from yidang.access.private_boxes import Box, private_boxes
from yidang.holdings.models import Item, Page
from yidang.holdings.showing import circumstances
from yidang.holdings.veil import is_in_clear
from yidang.identity.policy import Grant, Permission
from yidang.identity.reaches import LOAN
from yidang.kernel.errors import NotFound
from yidang.ledger.operations import append
from yidang.preservation import cache
from yidang.preservation.content import open_content

THUMBNAIL = 200
WIDTHS = (THUMBNAIL, 400, 800, 1200, 1600, 2400)  # few, so that a page is not drawn anew for every window
_QUALITY = 85
_THUMBNAIL_QUALITY = 75
_QUARTER = 90


@dataclass(frozen=True)
class PageImage:
    """A JPEG. `etag` names page, turning and width, and changes with the item's version."""

    etag: str
    width: int
    _make: Callable[[], bytes]
    mark: str = ""  # drawn over it for who reads by a loan; never kept

    def jpeg(self) -> bytes:
        """From the cache, else drawn from the original.

        Raises:
            Invalid: `format_not_paged`, `file_damaged` and their like from the reader of the format.
        """
        made = cache.get(self.etag)
        if made is None:
            made = self._make()
            cache.put(self.etag, made)
        return watermark.marked(made, self.mark) if self.mark else made


@transaction.atomic
def page_image(grant: Grant, item: Item, number: int, width: int) -> PageImage:
    """A page of an item that `get_item` gave, at the next of WIDTHS; ledger row but for a thumbnail.

    Raises:
        NotFound: `page_not_found`. NotAllowed: `not_allowed`.
    """
    grant.require(Permission.VIEW_RECORDS)
    page = Page.objects.select_related("file").filter(item=item, number=number).first()
    if page is None:
        raise NotFound("page_not_found", number=number)
    drawn = next((one for one in WIDTHS if one >= width), WIDTHS[-1])
    is_whole = grant.allows(Permission.SEE_PAGES) or is_in_clear(grant, item, number)
    boxes = [] if is_whole else private_boxes(item, number)
    if drawn > THUMBNAIL:
        append(action="page.viewed", actor=grant.actor, subject=item.id, facts=circumstances(grant, item, number))
    mark = watermark.over(grant, item) if drawn > THUMBNAIL and _is_lent(grant, item) else ""
    return PageImage(_etag(item, page, drawn, boxes), drawn, lambda: jpeg(page, drawn, boxes), mark)


def _is_lent(grant: Grant, item: Item) -> bool:
    return any(reach.purpose == LOAN and item.pk in (reach.items or ()) for reach in grant.reaches)


def _etag(item: Item, page: Page, width: int, boxes: Sequence[Box]) -> str:
    said = f"{page.id}/{page.file_id}/{page.index_in_file}/{page.rotation}/{item.version}/{width}"
    if boxes:
        said += f"/covered/{sorted(boxes)}"
    return hashlib.blake2b(said.encode(), digest_size=12).hexdigest()


def jpeg(page: Page, width: int, boxes: Sequence[Box] = ()) -> bytes:
    drawn = draw(page, width)
    blacken(drawn, boxes)
    picture = Image.fromarray(drawn[:, :, ::-1])
    sink = BytesIO()
    quality = _THUMBNAIL_QUALITY if width <= THUMBNAIL else _QUALITY
    picture.save(sink, "JPEG", quality=quality, optimize=True)
    return sink.getvalue()


def blacken(picture: NDArray[np.uint8], boxes: Sequence[Box]) -> None:
    down, across = picture.shape[:2]
    for x0, y0, x1, y1 in boxes:
        picture[int(y0 * down) : ceil(y1 * down), int(x0 * across) : ceil(x1 * across)] = 0


def draw(page: Page, width: int) -> NDArray[np.uint8]:
    """The upright page as blue-green-red pixels, about `width` wide and never wider."""
    opener = cast("PageOpener", import_string(settings.PAGE_OPENER))
    with open_content(page.file.locator) as reader, closing(opener(reader, page.file.media_type)) as file:
        source = file[page.index_in_file]
        across, down = source.size
        if page.rotation // _QUARTER % 2:
            across, down = down, across
        longest = max(width, round(width * down / max(across, 1)))
        picture = source.render(longest)
    turned = np.rot90(picture, -(page.rotation // _QUARTER))  # numpy turns anticlockwise
    return np.ascontiguousarray(turned)
