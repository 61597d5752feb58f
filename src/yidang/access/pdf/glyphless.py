"""A TrueType font of one empty glyph: embedded, it lets invisible text stand in any PDF without drawing anything."""

import struct
from functools import cache

UNITS = 1000
ASCENT, DESCENT = 880, -120
GLYPHS = 2  # .notdef and the empty one
_MAGIC = 0x5F0F3CF5
_CHECKSUM_OF_FONT = 0xB1B0AFBA


@cache
def font_file() -> bytes:
    tables = {
        b"cmap": struct.pack(">HHHHIHHHHHH", 0, 1, 3, 1, 12, 6, 12, 0, 0x20, 1, 1),
        b"glyf": bytes(4),
        b"head": _head(0),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, ASCENT, DESCENT, 0, UNITS, 0, 0, 0, 1, *[0] * 7, 1),
        b"hmtx": struct.pack(">Hhh", UNITS, 0, 0),
        b"loca": bytes(2 * (GLYPHS + 1)),
        b"maxp": struct.pack(">IH13H", 0x10000, GLYPHS, *[0] * 13),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 0, 0, 0, 0, 0),
    }
    draft = _assemble(tables)
    tables[b"head"] = _head((_CHECKSUM_OF_FONT - _checksum(draft)) & 0xFFFFFFFF)
    return _assemble(tables)


def _head(adjustment: int) -> bytes:
    box = (0, DESCENT, UNITS, ASCENT)
    return struct.pack(">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, adjustment, _MAGIC, 0, UNITS, 0, 0, *box, 0, 8, 2, 0, 0)


def _assemble(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    header = struct.pack(">IHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16)
    directory, body = b"", b""
    start = len(header) + 16 * count
    for tag, data in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, _checksum(data), start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    return header + directory + body


def _checksum(data: bytes) -> int:
    padded = data + bytes(-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
