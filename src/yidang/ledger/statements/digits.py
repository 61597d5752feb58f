"""Bytes as decimal digits: two bytes are five digits, a last single one three.

A QR code packs digits into 8.33 bits for a byte, as densely as Base45 does, and unlike Base45, whose alphabet holds a
blank and a per cent sign, digits may stand in an address as they are.
"""

import re
from struct import error as StructError  # noqa: N812 - an exception, named as one
from struct import pack as pack_numbers

from yidang.ledger.statements.cbor import Malformed

_PAIR, _SINGLE = 5, 3
_DIGITS = re.compile(r"[0-9]*", re.ASCII)


def pack(data: bytes) -> str:
    pieces = (data[start : start + 2] for start in range(0, len(data), 2))
    return "".join(f"{int.from_bytes(one, 'big'):0{_PAIR if len(one) == 2 else _SINGLE}d}" for one in pieces)  # noqa: PLR2004 - a pair


def unpack(text: str) -> bytes:
    """Raises Malformed."""
    rest = len(text) % _PAIR
    if rest not in (0, _SINGLE) or not _DIGITS.fullmatch(text):
        raise Malformed("not packed digits")
    pairs = [int(text[at : at + _PAIR]) for at in range(0, len(text) - rest, _PAIR)]
    try:
        last = int(text[-rest:]).to_bytes(1, "big") if rest else b""
        return pack_numbers(f">{len(pairs)}H", *pairs) + last
    except (StructError, OverflowError):
        raise Malformed("a group too large") from None
