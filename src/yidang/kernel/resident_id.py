"""公民身份号码, GB 11643-1999, and the 15-digit numbers before it."""

import re
from datetime import date

from yidang.kernel.clock import today
from yidang.kernel.folding import fold

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_OLD_LENGTH = 15
_EARLIEST_BIRTH = date(1850, 1, 1)
_NUMBER_18 = re.compile(r"[1-9]\d{16}[\dX]")
_NUMBER_15 = re.compile(r"[1-9]\d{14}")
# Digits on either side would make it part of a longer number, such as a trace code.
IN_TEXT = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:\d{8}\d{3}[\dXx]|\d{9})(?![0-9A-Za-z])")


def normalise(text: str) -> str:
    return re.sub(r"[-·]", "", fold(text))


def check_digit(first_17: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def is_valid(text: str) -> bool:
    """True for a number with a possible birth date and, at 18 digits, the right check digit.

    Regions are not looked up: they were merged and renamed too often to refuse anyone for one. Numbers of foreign
    permanent residents (9…) and of Hong Kong, Macao and Taiwan residents (8…) share the same form.
    """
    number = normalise(text)
    if birth_date(number) is None:
        return False
    return len(number) == _OLD_LENGTH or check_digit(number[:17]) == number[17]


def birth_date(text: str) -> date | None:
    """None when the number has no such form, or no such day, or the day is yet to come."""
    number = normalise(text)
    if _NUMBER_18.fullmatch(number):
        digits = number[6:14]
    elif _NUMBER_15.fullmatch(number):
        digits = "19" + number[6:12]
    else:
        return None
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born if _EARLIEST_BIRTH <= born <= today() else None


def is_male(text: str) -> bool:
    """The 17th digit of 18, the 15th of 15: odd for men."""
    number = normalise(text)
    return int(number[16] if len(number) > _OLD_LENGTH else number[_OLD_LENGTH - 1]) % 2 == 1


def upgrade(text: str) -> str:
    """A 15-digit number in its 18-digit form; an 18-digit number normalised. Both lead to one person."""
    number = normalise(text)
    if not _NUMBER_15.fullmatch(number):
        return number
    body = number[:6] + "19" + number[6:]
    return body + check_digit(body)
