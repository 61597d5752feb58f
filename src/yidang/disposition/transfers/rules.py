"""When a record is due for the state archive, and what counts as an answer to a hand-over."""

import re

_SHA512 = re.compile(r"[0-9a-f]{128}")


def last_year_due(*, years: int, this_year: int) -> int:
    """Years count from 1 January after formation, as retention terms do: of which year and before it is due now."""
    return this_year - years - 1


def is_digest(text: str) -> bool:
    return _SHA512.fullmatch(text.strip().lower()) is not None
