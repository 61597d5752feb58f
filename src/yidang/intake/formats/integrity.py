"""Whether a file ends where its own structure says it ends. A cut file often still opens, with pages missing."""

import re
import struct
from collections.abc import Iterator

from yidang.intake.errors import Refused
from yidang.intake.formats.identification import Source
from yidang.intake.formats.registry import Family

PDF_TAIL = 64 * 1024
MAX_DIRECTORIES = 5_000
MAX_STRIPS = 2_000_000
_STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF")
_OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")
_TYPE_SIZES = {1: 1, 3: 2, 4: 4, 16: 8}
_STRIP_OFFSETS, _STRIP_SIZES, _TILE_OFFSETS, _TILE_SIZES = 273, 279, 324, 325


def check_whole(source: Source, family: Family) -> None:
    """Raises Refused `file_truncated` when the file was cut off."""
    check = _CHECKS.get(family)
    if check is not None and not check(source):
        raise Refused("file_truncated", format=family.value)


def _is_whole_pdf(source: Source) -> bool:
    tail = source.tail(PDF_TAIL)
    endings = list(_STARTXREF.finditer(tail))
    if not endings:
        return _has_loose_ending(tail)
    last = endings[-1]
    # A cut linearised file ends with the first section's `startxref 0`; a cut update leaves objects behind the mark.
    is_inside = 0 < int(last.group(1)) < source.size
    return is_inside and not _OBJECT.search(tail, last.end())


def _has_loose_ending(tail: bytes) -> bool:
    """Some writers leave out `startxref`'s number or the last line; the end mark at the very end suffices."""
    return b"%%EOF" in tail[-2048:] and not _OBJECT.search(tail, tail.rfind(b"%%EOF"))


def _is_whole_jpeg(source: Source) -> bool:
    """The end mark stands at the end, up to padding, or the decoder must tell."""
    tail = source.tail(4096).rstrip(b"\0\xff \r\n")
    return b"\xff\xd9" in source.tail(4096) or tail.endswith(b"\xd9")


def _is_whole_png(source: Source) -> bool:
    return b"IEND" in source.tail(4096)


def _is_whole_tiff(source: Source) -> bool:
    try:
        return all(end <= source.size for end in _tiff_ends(source))
    except (struct.error, ValueError, OverflowError):
        return False


def _tiff_ends(source: Source) -> Iterator[int]:
    """The end of every piece of picture data, directory by directory. Raises struct.error at a cut."""
    order = "<" if source.head[:2] == b"II" else ">"
    is_big = source.head[2:4] in {b"+\0", b"\0+"}
    word, short, entry = ("Q", "Q", "HHQ8s") if is_big else ("I", "H", "HHI4s")
    (at,) = struct.unpack_from(order + word, source.head, 8 if is_big else 4)
    seen: set[int] = set()
    while at and at not in seen and len(seen) < MAX_DIRECTORIES:
        seen.add(at)
        (count,) = struct.unpack(order + short, _piece(source, at, struct.calcsize(order + short)))
        size = struct.calcsize(order + entry)
        body = at + struct.calcsize(order + short)
        raw = _piece(source, body, size * min(count, 4096))
        tags = {tag: (kind, n, value) for tag, kind, n, value in struct.iter_unpack(order + entry, raw)}
        yield from _piece_ends(source, tags, order, is_big=is_big)
        (at,) = struct.unpack(order + word, _piece(source, body + size * count, struct.calcsize(order + word)))


def _piece_ends(source: Source, tags: dict[int, tuple[int, int, bytes]], order: str, *, is_big: bool) -> Iterator[int]:
    for offsets, sizes in ((_STRIP_OFFSETS, _STRIP_SIZES), (_TILE_OFFSETS, _TILE_SIZES)):
        if offsets in tags and sizes in tags:
            places = _numbers(source, tags[offsets], order, is_big=is_big)
            lengths = _numbers(source, tags[sizes], order, is_big=is_big)
            yield from (place + length for place, length in zip(places, lengths, strict=False))


def _numbers(source: Source, tag: tuple[int, int, bytes], order: str, *, is_big: bool) -> list[int]:
    kind, count, value = tag
    size = _TYPE_SIZES.get(kind, 4)
    if count > MAX_STRIPS:
        raise ValueError(count)
    letter = {1: "B", 2: "H", 4: "I", 8: "Q"}[size]
    if size * count <= len(value):
        raw = value[: size * count]
    else:
        (at,) = struct.unpack(order + ("Q" if is_big else "I"), value)
        raw = _piece(source, at, size * count)
    return list(struct.unpack(f"{order}{count}{letter}", raw))


def _piece(source: Source, at: int, length: int) -> bytes:
    if at + length > source.size:
        raise struct.error("beyond the end")
    if source.whole is not None:
        return source.whole[at : at + length]
    source.reader.seek(at)
    return source.reader.read(length)


_CHECKS = {
    Family.PDF: _is_whole_pdf,
    Family.JPEG: _is_whole_jpeg,
    Family.PNG: _is_whole_png,
    Family.TIFF: _is_whole_tiff,
}
