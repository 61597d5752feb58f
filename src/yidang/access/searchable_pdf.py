"""An item as one PDF: its pages as pictures with their words above them, or the page itself where it was born so."""

from collections.abc import Iterator
from contextlib import ExitStack
from io import BytesIO
from typing import BinaryIO

import pikepdf
from django.db import transaction
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image

from yidang.access import page_images
from yidang.access.pdf.text_layer import WordsFont, resources, words
from yidang.holdings.models import Item, ItemFile, Page
from yidang.holdings.queries import page_readings
from yidang.holdings.reading import PageReading
from yidang.holdings.showing import circumstances
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid
from yidang.ledger.operations import append
from yidang.preservation.content import open_content

_POINTS_PER_INCH = 72
_A4_LONG = 842  # points; for a page whose resolution is not known
_WIDEST = 2480  # pixels of a page drawn anew: A4 at 300 dpi
_PLAIN_MODES = ("RGB", "L")
_ORIENTATION = 0x0112


@transaction.atomic
def searchable_pdf(grant: Grant, item: Item, sink: BinaryIO) -> None:
    """Writes the PDF of an item that `get_item` gave, and one ledger row.

    Raises:
        NotAllowed: `not_allowed`. Invalid: `item_has_no_pages`, and what the reader of a damaged original raises.
    """
    grant.require(Permission.DOWNLOAD)
    if not (count := Page.objects.filter(item=item).count()):
        raise Invalid("item_has_no_pages", item=item.reference_code or item.working_number)
    facts = circumstances(grant, item) | {"reference_code": item.reference_code, "format": "pdf", "pages": count}
    append(action="item.exported", actor=grant.actor, subject=item.id, facts=facts)
    write_pdf(item, sink)


def write_pdf(item: Item, sink: BinaryIO) -> None:
    """For a caller that has asked who may have it, and has written that they got it."""
    pages = list(Page.objects.select_related("file").filter(item=item).order_by("number"))
    with ExitStack() as opened, Pdf.new() as pdf:
        _Making(pdf, opened).make(pages, page_readings(item))
        pdf.docinfo["/Title"] = item.reference_code or item.working_number  # the title may name a person
        pdf.Root.Lang = "zh-CN"
        pdf.save(sink, object_stream_mode=pikepdf.ObjectStreamMode.generate)


class _Making:
    def __init__(self, pdf: Pdf, opened: ExitStack) -> None:
        self._pdf = pdf
        self._opened = opened
        self._font = WordsFont(pdf)
        self._sources: dict[int, Pdf] = {}

    def make(self, pages: list[Page], readings: list[PageReading]) -> None:
        for page, reading in zip(pages, readings, strict=True):
            if _is_born_pdf(page):
                self._pdf.pages.append(self._source(page.file).pages[page.index_in_file])
            else:
                self._draw(page, reading)
        self._font.finish()

    def _source(self, file: ItemFile) -> Pdf:
        if file.pk not in self._sources:
            reader = self._opened.enter_context(open_content(file.locator))
            self._sources[file.pk] = self._opened.enter_context(Pdf.open(reader))
        return self._sources[file.pk]

    def _draw(self, page: Page, reading: PageReading) -> None:
        picture, pixels, is_grey = _picture(page)
        size = _points(page, pixels)
        image = self._pdf.make_stream(
            picture,
            Type=Name.XObject,
            Subtype=Name.Image,
            Width=pixels[0],
            Height=pixels[1],
            ColorSpace=Name.DeviceGray if is_grey else Name.DeviceRGB,
            BitsPerComponent=8,
            Filter=Name.DCTDecode,
        )
        shown = b"q %.3f 0 0 %.3f 0 0 cm /Picture Do Q\n" % size
        fresh = Dictionary(
            Type=Name.Page,
            MediaBox=Array([0, 0, round(size[0], 3), round(size[1], 3)]),
            Resources=resources(self._font, image),
            Contents=self._pdf.make_stream(shown + words(reading.lines, self._font, size)),
        )
        self._pdf.pages.append(pikepdf.Page(self._pdf.make_indirect(fresh)))


def _is_born_pdf(page: Page) -> bool:
    return page.text_origin == Page.TextOrigin.BORN_DIGITAL and page.file.media_type == "application/pdf"


def _picture(page: Page) -> tuple[bytes, tuple[int, int], bool]:
    """JPEG, its size in pixels, and whether it is grey: the original's own bytes where they already stand upright."""
    for original in _upright_original(page):
        with Image.open(BytesIO(original)) as image:
            if image.format == "JPEG" and image.mode in _PLAIN_MODES and image.getexif().get(_ORIENTATION, 1) == 1:
                return original, image.size, image.mode == "L"
    drawn = page_images.jpeg(page, min(page.width or _WIDEST, _WIDEST))
    with Image.open(BytesIO(drawn)) as image:
        return drawn, image.size, image.mode == "L"


def page_picture(page: Page) -> bytes:
    """The page as a JPEG in print quality, the same bytes every time."""
    return _picture(page)[0]


def _upright_original(page: Page) -> Iterator[bytes]:
    if page.file.media_type == "image/jpeg" and page.rotation == 0:
        with open_content(page.file.locator) as reader:
            yield reader.read()


def _points(page: Page, pixels: tuple[int, int]) -> tuple[float, float]:
    longest = max(page.width, page.height) * _POINTS_PER_INCH / page.dpi if page.dpi else _A4_LONG
    scale = longest / max(pixels)
    return pixels[0] * scale, pixels[1] * scale
