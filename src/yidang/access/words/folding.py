"""Text as the search sees it: full width and half width, large and small letters are the same."""

import unicodedata
from collections.abc import Sequence


def fold(text: str) -> str:
    """NFC, then every character by itself to NFKC and case-folded, so that places can be traced back."""
    return compose(text).translate(_FOLDED)


def compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def origins(plain: str, folded: str) -> Sequence[int]:
    """For each place of the folded text, and its end, the place in the NFC text that it comes from."""
    if len(folded) == len(plain) and all(len(_FOLDED[ord(character)]) == 1 for character in set(plain)):
        return range(len(plain) + 1)
    found: list[int] = []
    for place, character in enumerate(plain):
        found.extend([place] * len(_FOLDED[ord(character)]))
    return [*found, len(plain)]


class _Table(dict[int, str]):
    """Filled as characters are met; never larger than Unicode's assigned characters."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = folded = unicodedata.normalize("NFKC", character).casefold()
        return folded


_FOLDED = _Table()
