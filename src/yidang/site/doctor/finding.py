from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from yidang.site.config import Config


class State(StrEnum):
    GOOD = "good"
    DOUBTFUL = "doubtful"  # works, but somebody should look
    WRONG = "wrong"


@dataclass(frozen=True)
class Finding:
    """One thing looked at. `remedy` says what to do; blank when all is well."""

    check: str
    state: State
    message: str
    remedy: str = ""


Check = Callable[[Config], Iterator[Finding]]


def good(check: str, message: str) -> Finding:
    return Finding(check, State.GOOD, message)


def doubtful(check: str, message: str, remedy: str) -> Finding:
    return Finding(check, State.DOUBTFUL, message, remedy)


def wrong(check: str, message: str, remedy: str) -> Finding:
    return Finding(check, State.WRONG, message, remedy)
