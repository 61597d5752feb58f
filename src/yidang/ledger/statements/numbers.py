"""Numbers of statements: the day and eight random characters.

Neither a lost database nor two clerks at once ever give the same one twice, and nobody learns how many there are.
"""

import re
import secrets
from datetime import date

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # without I, L, O, U, which are misread
_RANDOM = 8
_NUMBER = re.compile(rf"[0-9]{{8}}-[{ALPHABET}]{{{_RANDOM}}}")


def new_number(day: date) -> str:
    return f"{day:%Y%m%d}-" + "".join(secrets.choice(ALPHABET) for _ in range(_RANDOM))


def is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text) is not None
