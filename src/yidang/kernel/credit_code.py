"""统一社会信用代码, GB 32100-2015."""

import re

from yidang.kernel.folding import fold

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, position, 31) for position in range(17))
# Digit 1 names the registering authority (letters too), digit 2 the kind, 3-8 the region.
_SHAPE = re.compile(rf"[{_ALPHABET}]{{2}}\d{{6}}[{_ALPHABET}]{{10}}")


def normalise(text: str) -> str:
    return fold(text).replace("-", "")


def check_character(first_17: str) -> str:
    total = sum(_ALPHABET.index(char) * weight for char, weight in zip(first_17, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def is_valid(text: str) -> bool:
    code = normalise(text)
    return bool(_SHAPE.fullmatch(code)) and check_character(code[:17]) == code[17]
