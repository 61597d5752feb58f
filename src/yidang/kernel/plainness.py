"""Text that every engine behind us takes: no NUL, no half of a character, no number too long to be read."""

import re

_LONGEST_NUMBER = 1000  # digits; Python itself refuses to read more than 4300
_UNFIT = re.compile(r"[\0\ud800-\udfff]")


def is_plain(text: str) -> bool:
    return not _UNFIT.search(text) and not (len(text) > _LONGEST_NUMBER and text.strip("+-").isdecimal())
