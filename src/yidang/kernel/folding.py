"""One spelling of what people type in many."""

import unicodedata

_ROUNDS = 4


def fold(text: str) -> str:
    """NFKC, capitals, no blanks; folding a folded text changes nothing.

    Taking a blank out can bring together what NFKC then joins, hence the rounds.
    """
    for _ in range(_ROUNDS):
        folded = "".join(unicodedata.normalize("NFKC", text).upper().split())
        if folded == text:
            break
        text = folded
    return text
