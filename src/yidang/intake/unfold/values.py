"""A catalogue's cells as the values a description holds."""

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation

DATES = frozenset({"formed_on", "admitted_on", "discharged_on"})
AMOUNTS = frozenset({"amount_total", "amount_fund", "amount_self"})
_DATE = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s.*)?")
_PLAIN_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
LONGEST_COUNT = 9


def convert(field: str, text: str) -> str | int | None:
    """The value in the description's own form; None when the cell cannot be understood."""
    clean = unicodedata.normalize("NFC", text).strip()
    if field in DATES:
        return iso_date(clean)
    if field in AMOUNTS:
        return fen(clean)
    if field == "pages":
        return int(clean) if clean.isascii() and clean.isdigit() and len(clean) <= LONGEST_COUNT else None
    return clean


def iso_date(text: str) -> str | None:
    folded = unicodedata.normalize("NFKC", text).strip()
    found = _DATE.fullmatch(folded) or _PLAIN_DATE.fullmatch(folded)
    if not found:
        return None
    try:
        return date(*(int(part) for part in found.groups())).isoformat()
    except ValueError:
        return None


def fen(text: str) -> int | None:
    """Yuan as written, `¥1,234.50`, in fen."""
    plain = unicodedata.normalize("NFKC", text).replace(",", "").strip("¥￥元 ")
    try:
        amount = Decimal(plain) * 100
    except InvalidOperation:
        return None
    is_whole = amount.is_finite() and abs(amount) < Decimal(10) ** 15 and amount == amount.to_integral_value()
    return int(amount) if is_whole else None
