"""Whether a record may be erased at its person's wish. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from yidang.kernel.period import expires_on


class Ground(StrEnum):
    PERMANENT = "permanent"
    WITHIN_TERM = "within_term"
    ON_HOLD = "on_hold"
    TERM_OVER = "term_over"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`until`: the first day on which appraisal may begin; None for a permanent record."""

    ground: Ground
    until: date | None

    @property
    def is_refusal(self) -> bool:
        """A term that is over leads to appraisal, which alone may destroy; nothing is erased on the spot."""
        return self.ground != Ground.TERM_OVER


def may_be_erased(*, year: int, term: str, on: date, is_held: bool) -> Verdict:
    """个人信息保护法 art. 47 ¶2: while a term set by law runs, the record is kept and only stored and protected."""
    until = expires_on(year, term)
    if until is None:
        return Verdict(Ground.PERMANENT, None)
    if on < until:
        return Verdict(Ground.WITHIN_TERM, until)
    return Verdict(Ground.ON_HOLD if is_held else Ground.TERM_OVER, until)
