"""What was read on a page, and the one file in which a stored item keeps all its pages' readings.

A page's blob: zlib over compact JSON `[[text, x0, y0, x1, y1, confidence], …]`, boxes in ten-thousandths of the
upright page, confidence in thousandths. The `text` file: magic (4) ‖ page count n (4, big-endian) ‖ n+1 offsets
(8 each, from the start of the file) ‖ the blobs: one seek, one read for any page.
"""

import json
import struct
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import SEEK_SET
from itertools import pairwise
from typing import Protocol

from yidang.kernel.errors import Invalid

MAGIC = b"YDT1"
_HEAD = struct.Struct(">4sI")
_OFFSET = struct.Struct(">Q")
_BOX_UNIT = 10_000
_CONFIDENCE_UNIT = 1_000
_LEVEL = 3  # within 2 % of the size of level 6 on form text, at half the time


@dataclass(frozen=True)
class Line:
    """`box`: x0, y0, x1, y1 as fractions of the upright page; `confidence`: 0 to 1."""

    text: str
    box: Sequence[float]
    confidence: float = 1.0


@dataclass(frozen=True)
class PageReading:
    lines: Sequence[Line] = field(default_factory=list)

    def text(self) -> str:
        return "\n".join(line.text for line in self.lines)


class SeekableBytes(Protocol):
    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int: ...
    def read(self, size: int = -1, /) -> bytes | None: ...


def encode_page(reading: PageReading) -> bytes:
    rows = [[line.text, *_to_units(line.box), round(line.confidence * _CONFIDENCE_UNIT)] for line in reading.lines]
    return zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(), _LEVEL)


def decode_page(blob: bytes) -> PageReading:
    """Raises Invalid: `reading_damaged`."""
    try:
        rows = json.loads(zlib.decompress(blob)) if blob else []
        return PageReading([Line(text, _to_fractions(box), grade / _CONFIDENCE_UNIT) for text, *box, grade in rows])
    except (zlib.error, ValueError, TypeError):
        raise Invalid("reading_damaged") from None


def join_pages(blobs: Sequence[bytes]) -> bytes:
    """The `text` file of blobs from `encode_page`; an unread page is an empty blob."""
    start = _HEAD.size + _OFFSET.size * (len(blobs) + 1)
    offsets = [start]
    for blob in blobs:
        offsets.append(offsets[-1] + len(blob))
    return b"".join([_HEAD.pack(MAGIC, len(blobs)), *map(_OFFSET.pack, offsets), *blobs])


def encode_readings(readings: Iterable[PageReading]) -> bytes:
    return join_pages([encode_page(reading) for reading in readings])


def page_count(source: SeekableBytes) -> int:
    magic, count = _HEAD.unpack(_read_at(source, 0, _HEAD.size))
    if magic != MAGIC:
        raise Invalid("reading_damaged")
    return int(count)


def read_blob(source: SeekableBytes, number: int) -> bytes:
    """The blob of the page with this number, counted from 1.

    Raises:
        Invalid: `page_number_wrong`, `reading_damaged`.
    """
    if not 1 <= number <= page_count(source):
        raise Invalid("page_number_wrong", number=number)
    place = _HEAD.size + _OFFSET.size * (number - 1)
    start, end = struct.unpack(">QQ", _read_at(source, place, 2 * _OFFSET.size))
    return _read_at(source, start, end - start)


def read_page(source: SeekableBytes, number: int) -> PageReading:
    return decode_page(read_blob(source, number))


def split_pages(text_file: bytes) -> list[bytes]:
    """The blobs of a whole `text` file in hand."""
    magic, count = _HEAD.unpack_from(text_file)
    if magic != MAGIC:
        raise Invalid("reading_damaged")
    offsets = struct.unpack_from(f">{count + 1}Q", text_file, _HEAD.size)
    return [text_file[start:end] for start, end in pairwise(offsets)]


def turn(reading: PageReading, degrees: int) -> PageReading:
    """The reading after the upright page is turned clockwise by a multiple of 90 degrees."""
    quarters = degrees // 90 % 4
    return PageReading([Line(line.text, _turn_box(line.box, quarters), line.confidence) for line in reading.lines])


def _turn_box(box: Sequence[float], quarters: int) -> list[float]:
    x0, y0, x1, y1 = box
    for _ in range(quarters):
        x0, y0, x1, y1 = 1 - y1, x0, 1 - y0, x1
    return [x0, y0, x1, y1]


def _to_units(box: Sequence[float]) -> list[int]:
    return [round(edge * _BOX_UNIT) for edge in box]


def _to_fractions(box: Sequence[int]) -> list[float]:
    return [edge / _BOX_UNIT for edge in box]


def _read_at(source: SeekableBytes, offset: int, size: int) -> bytes:
    try:
        source.seek(offset)
        found = source.read(size) or b""
    except OverflowError:  # a damaged table points beyond anything a file can be
        raise Invalid("reading_damaged") from None
    if len(found) != size:
        raise Invalid("reading_damaged")
    return found
