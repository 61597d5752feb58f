"""Character n-grams of a document, numbers out of the way. Pure."""

import re
from collections import Counter

from yidang.intake.reading.extraction.tokens import fold

LENGTHS = (2, 3)
LONGEST_TEXT = 4000  # characters looked at: a type shows early, and long tables only repeat
_NOT_WORDS = re.compile(r"[0-9a-zA-Z.,:;/\-*%()\[\]〔〕¥￥]+")


def count_grams(text: str) -> Counter[str]:
    """Counted line by line, since neighbouring cells make no words."""
    grams: Counter[str] = Counter()
    for line in text[:LONGEST_TEXT].splitlines():
        for word in _NOT_WORDS.split(fold(line)):
            for length in LENGTHS:
                grams.update(word[place : place + length] for place in range(len(word) - length + 1))
    return grams
