"""The QR code of a statement: the address as bytes, the digits in the code's own way of packing digits."""

from io import BytesIO
from typing import Any

import segno
from segno import consts

from yidang.ledger.statements.addresses import address_of

LARGEST = 12  # modules of 0.5 mm make 37 mm with the margin; phones read that from worn paper


def qr(data: bytes, base: str) -> segno.QRCode:
    """With the error correction for paper (M) where that stays within version 12, else with less (L)."""
    address, digits = address_of(data, base).split("#")
    parts: Any = [(address + "#", consts.MODE_BYTE), (digits, consts.MODE_NUMERIC)]
    code = segno.make(parts, error="m", micro=False)
    return code if int(code.version) <= LARGEST else segno.make(parts, error="l", micro=False)


def svg(data: bytes, base: str) -> bytes:
    sink = BytesIO()
    qr(data, base).save(sink, kind="svg", border=4, scale=4, dark="#000", light="#fff")
    return sink.getvalue()
