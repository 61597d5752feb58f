"""The table of one year, and what a person enters into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction
from django.db.models import Sum

from yidang.access.lending.models import Use
from yidang.disposition.models import ListItem, ListState, TransferItem, TransferState
from yidang.duty.responsibilities import duties_today
from yidang.holdings.filed import TERMS
from yidang.identity.policy import Grant, Permission
from yidang.insight.counting import newest
from yidang.insight.models import YearlyEntry
from yidang.insight.yearly.behind import addresses
from yidang.insight.yearly.lines import Line, lines
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Invalid
from yidang.ledger.operations import append

_FIRST, _LARGEST = 1950, Decimal(10) ** 10


@dataclass(frozen=True)
class Row:
    """`address` opens the list behind what is counted; blank for what a person enters."""

    line: Line
    value: int | Decimal | None
    address: str = ""


@dataclass(frozen=True)
class YearlyTable:
    year: int
    rows: list[Row]

    @property
    def blanks(self) -> int:
        return sum(row.value is None for row in self.rows)


def table(grant: Grant, year: int) -> YearlyTable:
    """Raises NotAllowed; Invalid `year_unknown`."""
    grant.require(Permission.SEE_FIGURES)
    if not _FIRST <= year <= today().year:
        raise Invalid("year_unknown")
    rows = YearlyEntry.objects.filter(year=year).values_list("code", "value")
    entered = {code: int(value) if value == int(value) else value for code, value in rows}
    known: Mapping[str, Any] = _counted(year) | entered
    behind = addresses(year)
    return YearlyTable(year, [Row(line, known.get(line.code), behind.get(line.code, "")) for line in lines()])


@transaction.atomic
def enter(*, grant: Grant, year: int, given: Mapping[str, str]) -> int:
    """How many lines changed; a blank takes a value away. Raises Invalid `yearly_value_wrong` with the line."""
    grant.require(Permission.ENTER_FIGURES)
    before = {row.line.code: row.value for row in table(grant, year).rows if row.line.is_entered}
    wanted = {line.code: _number(line, given[line.code]) for line in lines() if line.is_entered and line.code in given}
    changed = {code: value for code, value in wanted.items() if value != before[code]}
    for code, value in changed.items():
        _keep(grant, year, code, value)
    if changed:
        facts = {"year": year, "lines": sorted(changed)}
        append(action="yearly_table.entered", actor=grant.actor, facts=facts)
    return len(changed)


def _keep(grant: Grant, year: int, code: str, value: Decimal | None) -> None:
    if value is None:
        YearlyEntry.objects.filter(year=year, code=code).delete()
        return
    about = {"value": value, "entered_by_id": grant.staff_id, "entered_at": now()}
    YearlyEntry.objects.update_or_create(year=year, code=code, defaults=about)


def _number(line: Line, text: str) -> Decimal | None:
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        raise Invalid("yearly_value_wrong", line=line.title) from None
    if not (value.is_finite() and 0 <= value < _LARGEST):
        raise Invalid("yearly_value_wrong", line=line.title)
    return value.quantize(Decimal("0.01"))


def _counted(year: int) -> dict[str, Any]:
    counted = newest().figures
    volumes, items = counted["volumes_by_year"].get(str(year), {}), counted["items_by_year"].get(str(year), {})
    by_term = {f"volumes_{term}": volumes.get(term, 0) for term in TERMS}
    by_term |= {f"items_{term}": items.get(term, 0) for term in TERMS}
    whole = {"fonds": counted["fonds"], "volumes": counted["volumes"], "items": counted["items"]}
    aids = {"catalogue_volumes": counted["volumes"], "catalogue_items": counted["items"]}
    return whole | aids | by_term | _staff() | _ended(year) | _used(year)


def _staff() -> dict[str, int]:
    held = {one.duty.code: len(one.holders) for one in duties_today()}
    return {"staff_full": held["archivist"], "staff_part": held["part_archivist"]}


def _ended(year: int) -> dict[str, int]:
    received = TransferItem.objects.filter(transfer__state=TransferState.RECEIVED, transfer__received_on__year=year)
    gone = ListItem.objects.filter(is_ended=True, list__begun_at__year=year).exclude(list__state=ListState.WITHDRAWN)
    return {
        "transferred": received.filter(transfer__kind="state_archive").count(),
        "moved_out": received.filter(transfer__kind="bureau").count(),
        "destroyed": gone.count(),
    }


def _used(year: int) -> dict[str, int]:
    sums = Use.objects.filter(used_on__year=year).aggregate(
        use_persons=Sum("persons"), use_volumes=Sum("volumes"), use_items=Sum("items")
    )
    return {name: value or 0 for name, value in sums.items()}
