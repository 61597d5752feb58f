"""Pictures: JPEG, PNG, JPEG 2000, BMP, GIF, WebP and TIFF of one or many pages."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from yidang.holdings.reading import Line
from yidang.intake.reading.facts import Picture
from yidang.intake.reading.limits import check_pages, check_size
from yidang.intake.reading.pages import Reader
from yidang.kernel.errors import Invalid

PLAUSIBLE_DPI = range(50, 1201)
A4_LONG_INCHES = 11.69
WHITE = (255, 255, 255)
ORIENTATION = 0x0112
SIDEWAYS = frozenset({5, 6, 7, 8})
CAMERA_FORMATS = frozenset({"JPEG", "MPO", "TIFF", "WEBP"})


class RasterPages:
    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        with _decoding():
            self._image = Image.open(cast("BinaryIO", reader))
            check_size(*self._image.size)
            self._count = check_pages(_count_frames(self._image))

    def __len__(self) -> int:
        return self._count

    def __getitem__(self, index: int) -> "RasterPage":
        if not 0 <= index < self._count:
            raise IndexError(index)
        return RasterPage(self._reader, self._image, index)

    def close(self) -> None:
        self._image.close()


class RasterPage:
    def __init__(self, reader: Reader, image: Image.Image, index: int) -> None:
        self._reader = reader
        self._index = index
        with _decoding():
            if getattr(image, "n_frames", 1) > 1 or index:
                image.seek(index)
            check_size(*image.size)
            self._turned = _orientation(image) in SIDEWAYS
            self._size = image.size
            self._dpi = _dpi_of(image)

    @property
    def dpi(self) -> int:
        return self._dpi

    @property
    def size(self) -> tuple[int, int]:
        width, height = self._size
        return (height, width) if self._turned else (width, height)

    def own_lines(self) -> list[Line] | None:
        return None

    def render(self, longest: int | None = None) -> Picture:
        with _decoding():
            self._reader.seek(0)
            image = Image.open(cast("BinaryIO", self._reader))  # anew: a decoder gives one picture and is spent
            if self._index:
                image.seek(self._index)
            if longest and image.format == "JPEG":
                image.draft("RGB", (longest, longest))  # decodes straight to 1/2, 1/4 or 1/8
            rgb = _on_white(ImageOps.exif_transpose(image) if _orientation(image) else image)
        if longest and max(rgb.size) > longest:
            rgb.thumbnail((longest, longest), Image.Resampling.LANCZOS, reducing_gap=2.0)
        return np.ascontiguousarray(np.asarray(rgb)[:, :, ::-1])


@contextmanager
def _decoding() -> Iterator[None]:
    """Turns everything a decoder can throw into one error about the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of odd metadata that does us no harm
            yield
    except Image.DecompressionBombError as problem:
        raise Invalid("page_too_large", width="?", height="?", limit="?") from problem
    except Invalid:
        raise
    except Exception as problem:  # decoders of foreign files throw whatever they like
        raise Invalid("file_damaged", problem=_reason(problem)) from problem


def _reason(problem: Exception) -> str:
    if isinstance(problem, UnidentifiedImageError):
        return "unknown picture"
    return type(problem).__name__ if "0x" in str(problem) else str(problem)[:120]


def _orientation(image: Image.Image) -> int:
    """As cameras write it; 0 where a format keeps none, or would be decoded whole just to look."""
    return int(image.getexif().get(ORIENTATION, 0)) if image.format in CAMERA_FORMATS else 0


def _count_frames(image: Image.Image) -> int:
    return int(getattr(image, "n_frames", 1)) if image.format in {"TIFF", "GIF"} else 1


def _on_white(image: Image.Image) -> Image.Image:
    if image.mode.startswith("I;16") or image.mode in {"I", "F"}:
        return _sixteen_bits(image).convert("RGB")
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        layer = image.convert("RGBA")
        paper = Image.new("RGBA", layer.size, (*WHITE, 255))
        return Image.alpha_composite(paper, layer).convert("RGB")
    return image.convert("RGB")


def _sixteen_bits(image: Image.Image) -> Image.Image:
    levels = np.asarray(image).astype(np.float64)
    top = 65535.0 if image.mode != "F" else max(float(levels.max()), 1.0)
    return Image.fromarray((np.clip(levels / top, 0, 1) * 255).astype(np.uint8))


def _dpi_of(image: Image.Image) -> int:
    """The resolution the file states where it is plausible; else what would make the page an A4 sheet."""
    stated = image.info.get("dpi", (0, 0))
    try:
        dpi = round(float(stated[0]))
    except (TypeError, ValueError, IndexError, ZeroDivisionError):
        dpi = 0
    if dpi in PLAUSIBLE_DPI and dpi not in {72, 96}:  # cameras and web tools write these without meaning them
        return dpi
    return max(round(max(image.size) / A4_LONG_INCHES), 1)
