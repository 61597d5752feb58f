"""Text as the search sees it: full width and half width, large and small letters are the same."""

import unicodedata
from collections.abc import Iterable


def fold(text: str) -> str:
    """NFC, then every character by itself to NFKC and case-folded, so that places can be traced back."""
    return unicodedata.normalize("NFC", text).translate(_FOLDED)


def fold_traced(text: str) -> tuple[str, str, list[int]]:
    """The NFC text, its folded form, and for each folded place (and the end) the place in the NFC text."""
    plain = unicodedata.normalize("NFC", text)
    folded = plain.translate(_FOLDED)
    if len(folded) == len(plain) and all(len(_FOLDED[ord(c)]) == 1 for c in set(plain)):
        return plain, folded, list(range(len(plain) + 1))
    return plain, folded, list(_origins(plain))


def _origins(plain: str) -> Iterable[int]:
    widths = (len(_FOLDED[ord(c)]) for c in plain)
    origins: list[int] = []
    for place, width in enumerate(widths):
        origins.extend([place] * width)
    return [*origins, len(plain)]


class _Table(dict[int, str]):
    """Filled as characters are met; never larger than Unicode's assigned characters."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        self[code] = folded = unicodedata.normalize("NFKC", character).casefold()
        return folded


_FOLDED = _Table()
