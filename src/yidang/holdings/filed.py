"""Filed records, the newest first, cut as the figures cut them: by year, by term, those without an image."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from yidang.holdings.models import Item, ItemState
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant
from yidang.kernel.clock import CHINA

PER_PAGE = 50
TERMS = ("Y", "D100", "D50", "D30", "D10")
DEEPEST = 200  # pages; whoever wants more of them searches


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of the list. Nothing counts the whole list: over millions that takes longer than reading a page."""

    items: Sequence[Item]
    number: int
    has_next: bool

    @property
    def is_empty(self) -> bool:
        return not self.items

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1 if self.has_next and self.number < DEEPEST else 0


@dataclass(frozen=True, slots=True)
class Cut:
    """`year` of filing, in China; `formed`, the year of the record itself; `on_paper`: kept on paper alone."""

    year: int | None = None
    formed: int | None = None
    term: str = ""
    on_paper: bool = False


def filed(grant: Grant, cut: Cut | None = None, *, number: int = 1) -> Leaf:
    """`number` of the page, from 1."""
    cut = cut or Cut()
    found = visible_items(grant).filter(state=ItemState.FILED).select_related("series").order_by("-filed_at", "-pk")
    if cut.year is not None:
        began, ended = (datetime(one, 1, 1, tzinfo=CHINA) for one in (cut.year, cut.year + 1))
        found = found.filter(filed_at__gte=began, filed_at__lt=ended)
    if cut.formed is not None:
        found = found.filter(year=cut.formed)
    if cut.term:
        found = found.filter(term=cut.term)
    if cut.on_paper:
        found = found.filter(is_paper_only=True)
    number = min(max(number, 1), DEEPEST)
    start = (number - 1) * PER_PAGE
    rows = list(found[start : start + PER_PAGE + 1])
    return Leaf(rows[:PER_PAGE], number, len(rows) > PER_PAGE)
