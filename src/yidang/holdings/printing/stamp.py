"""归档章: fonds, year and number over matter, term and pages, in six cells at the head of an item's first page.

It is drawn over what is shown or printed, and never into an original.
"""

from dataclasses import dataclass

from yidang.holdings.models import Item
from yidang.holdings.printing.forms import Language
from yidang.holdings.printing.sheets import say_term
from yidang.kernel.errors import Conflict, Invalid
from yidang.kernel.reference_code import parse

Cells = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Stamp:
    upper: Cells
    lower: Cells


def stamp_of(item: Item, language: Language = "zh") -> Stamp:
    """全宗号, 年度, 件号; 机构或问题, 保管期限, 页数. Raises Conflict `item_not_filed`: a draft has no 件号."""
    if not item.reference_code or not item.version:
        raise Conflict("item_not_filed", item=item.working_number)
    return Stamp(
        upper=(item.series.fonds_id, str(item.year), _number(item.reference_code)),
        lower=(
            str(getattr(item.series, f"title_{language}")),
            say_term(item.term, language),
            str(item.page_count or ""),
        ),
    )


def _number(code: str) -> str:
    """An older archive's own number stays as it was written."""
    try:
        return str(parse(code).number)
    except Invalid:
        return code
