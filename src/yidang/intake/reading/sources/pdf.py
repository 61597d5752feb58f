"""PDF through pdfium: pictures of pages, and the text a born-digital page carries."""

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from yidang.holdings.reading import Line
from yidang.intake.reading.facts import Grid, Picture
from yidang.intake.reading.limits import MAX_VECTOR_SIDE, VECTOR_DPI, check_pages, check_size
from yidang.intake.reading.pages import Reader
from yidang.intake.reading.sources.pdf_text import gather, is_trustworthy_text, shown_and_breaks
from yidang.kernel.errors import Invalid

POINTS_PER_INCH = 72
SCAN_COVERAGE = 0.7  # a picture over this share of the page makes the page a scan
MAX_OBJECTS_LOOKED_AT = 200
LOWEST_DPI, HIGHEST_DPI = 72, 400  # a scan is drawn at its own resolution within these
MAX_CODE_POINT = 0x10FFFF
REPLACEMENT = "\ufffd"

_LOCK = threading.RLock()  # pdfium is not safe for threads, and web workers have them


class PdfPages:
    def __init__(self, reader: Reader) -> None:
        with _pdfium():
            self._document = pdfium.PdfDocument(reader, autoclose=False)
            self._count = check_pages(len(self._document))

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> "PdfPage":
        if not 0 <= index < self._count:
            raise IndexError(index)
        with _pdfium():
            return PdfPage(self._document[index])

    def close(self) -> None:
        with _LOCK:
            self._document.close()


class PdfPage:
    def __init__(self, page: pdfium.PdfPage) -> None:
        self._page = page
        self._points = page.get_size()
        scan_dpi = _scan_dpi(page, self._points)
        self._is_scan = scan_dpi is not None
        self._dpi = scan_dpi or VECTOR_DPI

    @property
    def dpi(self) -> int:
        return self._dpi

    @property
    def size(self) -> tuple[int, int]:
        width, height = (max(round(side * self._scale()), 1) for side in self._points)
        return width, height

    def _scale(self) -> float:
        longest = max(self._points)
        return float(min(self._dpi / POINTS_PER_INCH, MAX_VECTOR_SIDE / max(longest, 1)))

    def render(self, longest: int | None = None) -> Picture:
        scale = self._scale()
        if longest:
            scale = min(scale, longest / max(*self._points, 1))
        check_size(*(max(round(side * scale), 1) for side in self._points))
        with _pdfium():
            bitmap = self._page.render(scale=scale, rev_byteorder=False, prefer_bgrx=False)
            pixels = bitmap.to_numpy()
            picture = _three_channels(pixels).copy()
            bitmap.close()
        return picture

    def own_lines(self) -> list[Line] | None:
        if self._is_scan:
            return None
        with _pdfium():
            letters, places = _characters(self._page)
        if not is_trustworthy_text(letters):
            return None
        return gather(letters, places, *self._points)


# By addresses instead of typed pointers: the checks of these cost as much again as the call, 1,500 times a page.
_place_of = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(
    ctypes.cast(pdfium_c.FPDFText_GetLooseCharBox, ctypes.c_void_p).value or 0
)


@contextmanager
def _pdfium() -> Iterator[None]:
    with _LOCK:
        try:
            yield
        except pdfium.PdfiumError as problem:
            code = "file_password" if "password" in str(problem).lower() else "file_damaged"
            raise Invalid(code, problem=str(problem)[:120]) from problem


def _three_channels(pixels: Picture) -> Picture:
    if pixels.ndim == 2 or pixels.shape[2] == 1:  # noqa: PLR2004 - grey
        return np.repeat(pixels.reshape(*pixels.shape[:2], 1), 3, axis=2)
    return np.ascontiguousarray(pixels[:, :, :3])


def _scan_dpi(page: pdfium.PdfPage, points: tuple[float, float]) -> int | None:
    """The resolution of the picture that covers the page, or None when the page was drawn, not scanned."""
    area = max(points[0] * points[1], 1)
    images = page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE], max_depth=2)
    for seen, image in enumerate(images):
        if seen >= MAX_OBJECTS_LOOKED_AT:
            break
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) < SCAN_COVERAGE * area:
            continue
        width, height = image.get_px_size()
        inches = max(right - left, top - bottom) / POINTS_PER_INCH
        return min(max(int(max(width, height) / max(inches, 0.1) + 0.5), LOWEST_DPI), HIGHEST_DPI)
    return None


def _characters(page: pdfium.PdfPage) -> tuple[list[str], Grid]:
    """Every character with its left, bottom, right and top on the page as shown, as high as the font."""
    text = page.get_textpage()
    raw, count = text.raw, pdfium_c.FPDFText_CountChars(text.raw)
    letters = _letters(raw, count)
    boxes = (pdfium_c.FS_RECTF * count)()
    start, step = ctypes.addressof(boxes), ctypes.sizeof(pdfium_c.FS_RECTF)
    page_text = ctypes.cast(raw, ctypes.c_void_p).value
    for index in np.flatnonzero(shown_and_breaks(letters)[0]).tolist():  # blanks are passed over later anyway
        _place_of(page_text, index, start + index * step)
    text.close()
    left, top, right, bottom = np.frombuffer(boxes, dtype=np.float32).reshape(-1, 4).astype(np.float64).T
    return letters, np.stack(_turner(page)(left, bottom, right, top), axis=1)


def _letters(raw: object, count: int) -> list[str]:
    """One for each character; taken in one call where pdfium leaves none out."""
    buffer = ctypes.create_string_buffer(2 * (count + 1))
    units = pdfium_c.FPDFText_GetText(raw, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
    whole = buffer.raw[: 2 * max(units - 1, 0)].decode("utf-16-le", "replace")
    if len(whole) == units - 1 == count:
        return list(whole)
    codes = [pdfium_c.FPDFText_GetUnicode(raw, index) for index in range(count)]
    return [chr(code) if code <= MAX_CODE_POINT else REPLACEMENT for code in codes]


Corners = tuple[Grid, Grid, Grid, Grid]


def _turner(page: pdfium.PdfPage) -> Callable[[Grid, Grid, Grid, Grid], Corners]:
    """Text stands in the unturned page's coordinates; this brings it into those of the page as shown."""
    x, y, x1, y1 = page.get_bbox()
    wide, tall = x1 - x, y1 - y
    turns: dict[int, Callable[[Grid, Grid, Grid, Grid], Corners]] = {
        0: lambda a, b, c, d: (a - x, b - y, c - x, d - y),
        90: lambda a, b, c, d: (b - y, wide - (c - x), d - y, wide - (a - x)),
        180: lambda a, b, c, d: (wide - (c - x), tall - (d - y), wide - (a - x), tall - (b - y)),
        270: lambda a, b, c, d: (tall - (d - y), a - x, tall - (b - y), c - x),
    }
    return turns[page.get_rotation()]
