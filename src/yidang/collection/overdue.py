"""The overdue board: who is late with what and how long, and the same as a workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction

from yidang.collection.models import Institution, Obligation
from yidang.collection.obligations import lateness, overdue
from yidang.identity.models import Department
from yidang.identity.policy import Grant
from yidang.kernel.workbook import Sheet, as_xlsx
from yidang.ledger.operations import append

_HEADINGS = ("代码", "单位", "报送要求", "类目", "所属期", "截止日期", "逾期天数", "状态", "已催交次数")


@dataclass
class Debtor:
    """One who owes, with what is late, the longest overdue first."""

    institution: Institution | None
    section: Department | None
    late: list[Obligation] = field(default_factory=list)

    @property
    def days(self) -> int:
        return max(lateness(one) for one in self.late)

    @property
    def letters(self) -> int:
        return max((one.chased_times for one in self.late), default=0)  # type: ignore[attr-defined]


def board(grant: Grant, *, kind: str = "", days: int = 0) -> Sequence[Debtor]:
    """`kind`: of institution, or `section`; `days`: late for at least so many. The longest late first."""
    debtors: dict[tuple[str | None, str | None], Debtor] = {}
    for one in late_obligations(grant, kind=kind, days=days):
        key = (one.institution_id, one.section_id)
        debtors.setdefault(key, Debtor(one.institution, one.section)).late.append(one)
    return sorted(debtors.values(), key=lambda debtor: -debtor.days)


def late_obligations(grant: Grant, *, kind: str = "", days: int = 0) -> Iterable[Obligation]:
    from django.db.models import Count

    found = overdue(grant).annotate(chased_times=Count("chased")).order_by("due_on", "pk")
    if kind == "section":
        found = found.filter(institution__isnull=True)
    elif kind:
        found = found.filter(institution__kind=kind[:10])
    return [one for one in found if lateness(one) >= days]


@transaction.atomic
def workbook(grant: Grant, *, kind: str = "", days: int = 0) -> bytes:
    rows = list(late_obligations(grant, kind=kind, days=days))
    append(action="overdue.exported", actor=grant.actor, facts={"rows": len(rows)})
    return as_xlsx(Sheet("逾期未报送", _HEADINGS, map(_cells, rows)))


def _cells(one: Obligation) -> list[str | int]:
    code = one.institution_id or one.section_id or ""
    state = "部分报送" if one.state == Obligation.State.PARTIAL else "未报送"
    texts = [code, one.ower_name, one.requirement.title, one.requirement.series.title_zh, one.period]
    return [*texts, one.due_on.isoformat(), lateness(one), state, one.chased_times]  # type: ignore[attr-defined]
