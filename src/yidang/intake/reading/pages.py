"""The pages of a file, whatever its format: how many there are, and each as a picture or as text it already has."""

from collections.abc import Callable, Iterator
from io import RawIOBase
from typing import BinaryIO, Protocol, TypeAlias

from yidang.holdings.reading import Line
from yidang.intake.reading.facts import Picture
from yidang.kernel.errors import Invalid

Reader: TypeAlias = BinaryIO | RawIOBase


class PageSource(Protocol):
    """One page. Pictures come as the file shows them: a scan that lies on its side still lies on its side."""

    @property
    def dpi(self) -> int: ...

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels at its own resolution."""

    def render(self, longest: int | None = None) -> Picture:
        """The page with its longer side at most `longest` pixels; at its own resolution when None."""

    def own_lines(self) -> list[Line] | None:
        """The text of a born-digital page; None where only the picture tells."""


class PageFile(Protocol):
    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> PageSource: ...
    def close(self) -> None: ...


class HasMediaType(Protocol):
    @property
    def media_type(self) -> str: ...


def load_pages(reader: Reader, fmt: HasMediaType | str) -> PageFile:
    """Opens the pages of a file.

    Raises:
        Invalid: `format_not_paged`, `file_damaged`, `file_password`, `page_too_large`, `too_many_pages`.
    """
    media_type = fmt if isinstance(fmt, str) else fmt.media_type
    opener = _OPENERS.get(media_type)
    if opener is None:
        raise Invalid("format_not_paged", media_type=media_type)
    return opener(reader)


def is_paged(media_type: str) -> bool:
    """Whether files of this type have pages we can show and read."""
    return media_type in _OPENERS


def each_page(pages: PageFile) -> Iterator[PageSource]:
    for index in range(len(pages)):
        yield pages[index]


def _pdf(reader: Reader) -> PageFile:
    from yidang.intake.reading.sources.pdf import PdfPages

    return PdfPages(reader)


def _raster(reader: Reader) -> PageFile:
    from yidang.intake.reading.sources.raster import RasterPages

    return RasterPages(reader)


def _ofd(reader: Reader) -> PageFile:
    from yidang.intake.reading.sources.ofd import OfdPages

    return OfdPages(reader)


def _docx(reader: Reader) -> PageFile:
    from yidang.intake.reading.sources.docx import DocxPages

    return DocxPages(reader)


DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_OPENERS: dict[str, Callable[[Reader], PageFile]] = {
    "application/pdf": _pdf,
    "image/tiff": _raster,
    "image/jpeg": _raster,
    "image/png": _raster,
    "image/jp2": _raster,
    "image/jpx": _raster,
    "image/bmp": _raster,
    "image/gif": _raster,
    "image/webp": _raster,
    "application/ofd": _ofd,
    DOCX: _docx,
}
