"""Whether two pages are the same sheet scanned twice. Pure.

Two filled copies of one form look alike and read alike but for what was filled in: names, numbers, dates, amounts.
So pages are compared by what tells them apart, first by a few bands of a MinHash to find candidates, then whole.
"""

import re
from collections.abc import Callable, Iterable, Sequence

BANDS, ROWS = 8, 3
ALIKE, TELLING = 0.8, 0.75  # share of common words of all kinds, and of those that tell copies of a form apart
_SHORTEST = 12  # telling words; a page with fewer is compared by all its words
_PRIME = (1 << 61) - 1
_MASK = (1 << 63) - 1
_RUN = re.compile(r"[0-9A-Za-z.]{2,}")
_GRAM = 3
_FEWEST = 20  # words of a page; too little text proves nothing


def words(text: str) -> set[str]:
    """Every run of digits or letters, and every three characters."""
    return telling(text) | grams(text)


def telling(text: str) -> set[str]:
    return set(_RUN.findall(text))


def grams(text: str) -> set[str]:
    bare = "".join(text.split())
    return {bare[place : place + _GRAM] for place in range(len(bare) - _GRAM + 1)}


def fingerprint_words(text: str) -> set[str]:
    """What the bands are made of; empty for a page that says too little."""
    if len(grams(text)) < _FEWEST:
        return set()
    found = telling(text)
    return found if len(found) >= _SHORTEST else grams(text)


def bands(text: str, key: Callable[[str], bytes]) -> list[int]:
    """Signed 63-bit numbers; pages of one sheet share at least one. `key` is a keyed digest: they tell nothing."""
    hashed = [int.from_bytes(key(word)[:8], "big") % _PRIME for word in fingerprint_words(text)]
    if not hashed:
        return []
    least = [min((a * one + b) % _PRIME for one in hashed) for a, b in _TURNS]
    return [_band(place, least[place * ROWS : (place + 1) * ROWS]) for place in range(BANDS)]


def _turns() -> Iterable[tuple[int, int]]:
    state = 0x9E3779B97F4A7C15
    for _ in range(BANDS * ROWS):
        a = state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        b = state = (state * 6364136223846793005 + 1442695040888963407) % (1 << 64)
        yield a % (_PRIME - 1) + 1, b % _PRIME


_TURNS: Sequence[tuple[int, int]] = tuple(_turns())


def _band(place: int, least: Sequence[int]) -> int:
    mixed = place
    for one in least:
        mixed = (mixed * 0x100000001B3 ^ one) % (1 << 64)
        mixed = (mixed ^ (mixed >> 29)) * 0xBF58476D1CE4E5B9 % (1 << 64)
    return mixed & _MASK


def share(one: set[str], other: set[str]) -> float:
    """Jaccard: common words of all words; 1 when both are empty."""
    return len(one & other) / len(one | other) if one | other else 1.0


def are_one_sheet(one: str, other: str) -> bool:
    return share(grams(one), grams(other)) >= ALIKE and share(telling(one), telling(other)) >= TELLING
