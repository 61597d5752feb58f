"""Amounts in fen 分, as integers. Never a float: 0.1 yuan has no binary form."""

import re
import unicodedata
from decimal import Decimal

from yidang.kernel.errors import Invalid

_AMOUNT = re.compile(r"([+-]?)(?:(\d{1,3}(?:,\d{3})+|\d{1,15})(?:\.(\d{0,2}))?|\.(\d{1,2}))")
_DECORATION = re.compile(r"[\s¥￥]|元整?$|圆整?$|RMB|CNY", re.IGNORECASE)


def parse_yuan(text: str) -> int:
    """`¥1,234.50`, `1234.5元`, full-width digits → 123450 fen.

    Raises:
        Invalid: `amount_malformed`; more than two decimals are refused, not rounded.
    """
    plain = _DECORATION.sub("", unicodedata.normalize("NFKC", text).strip())
    found = _AMOUNT.fullmatch(plain)
    if not found:
        raise Invalid("amount_malformed", amount=text[:40])
    sign, yuan, cents, only_cents = found.groups()
    fen = int((yuan or "0").replace(",", "")) * 100 + int((cents or only_cents or "").ljust(2, "0"))
    return -fen if sign == "-" else fen


def from_decimal(yuan: Decimal) -> int:
    fen = yuan * 100
    if fen != fen.to_integral_value():
        raise Invalid("amount_malformed", amount=str(yuan))
    return int(fen)


def format_yuan(fen: int, *, grouped: bool = True) -> str:
    """123450 → `1,234.50`."""
    yuan, cents = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:{',' if grouped else ''}d}.{cents:02d}"
