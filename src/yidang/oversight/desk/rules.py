"""What makes two findings the same, what a finding may bring back, and whose money it is when several doubt a line."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

_PRIOR_COUNTS = 10
# Where nothing tells how likely a doubt is, it stands behind those of rules: a place in the queue, told as no chance.
_UNTOLD = 0.05
Share = tuple[int, int, int]  # finding, line, amount in fen


def identity_of(rule: str, subject: str, lines: Iterable[int]) -> str:
    """The same for the same rule about the same lines, in whatever order and version of the rule they came."""
    return "|".join([rule, subject, ",".join(map(str, sorted(set(lines))))])


def fingerprint(identity: str) -> bytes:
    return hashlib.blake2b(identity.encode(), digest_size=16).digest()


def expected_fen(amount_fen: int, probability: float | None) -> int:
    chance = _UNTOLD if probability is None else min(max(probability, 0.0), 1.0)
    return round(max(amount_fen, 0) * chance)


def probability(prior: float, confirmed: int, judged: int) -> float:
    """What a rule's own verdicts have made of its prior, which counts as so many of them."""
    return (prior * _PRIOR_COUNTS + confirmed) / (_PRIOR_COUNTS + judged)


def allocate(shares: Sequence[Share]) -> Mapping[tuple[int, int], int]:
    """(finding, line) → what of its amount counts: on each line the largest doubt, of equals the first; others none."""
    first: dict[int, Share] = {}
    for share in shares:
        finding, line, amount = share
        held = first.get(line)
        if held is None or (amount, -finding) > (held[2], -held[0]):
            first[line] = share
    return {
        (finding, line): amount if first[line] == (finding, line, amount) else 0 for finding, line, amount in shares
    }


def cleared_share(claims: int, doubted: int) -> float | None:
    """Of the claims looked at, those that no person had to look at; none where nothing was looked at."""
    return None if claims <= 0 else max(claims - doubted, 0) / claims


def saved_hours(claims: int, doubted: int, seconds_each: float, seconds_spent: float) -> float:
    """Against reading every claim for as long as a verdict takes; `seconds_spent` is what the verdicts took."""
    return max(claims * seconds_each - seconds_spent, 0.0) / 3600 if claims >= doubted else 0.0
