"""Cells of a CSV: what a spreadsheet would compute is text to it."""

import re

_FORMULA = frozenset("=+-@\t\r")
_NUMBER = re.compile(r"[+-]\d[\d,]*(\.\d+)?")


def harmless(cell: object) -> str:
    """As it is, or behind an apostrophe. Signed numbers stay numbers."""
    text = str(cell)
    return f"'{text}" if text[:1] in _FORMULA and not _NUMBER.fullmatch(text) else text
