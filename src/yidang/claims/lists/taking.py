"""Taking a list in: all rows that hold, with its source and its day; what does not hold is told by row and reason."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction

from yidang.claims.history import writing
from yidang.claims.lists import codes, dated, products
from yidang.claims.lists.reading import Content, Entry, columns, read
from yidang.claims.models import TakenList
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Invalid
from yidang.ledger.operations import append

_TOLD = 1000
_LONGEST_SOURCE = 80


def take(*, grant: Grant, kind: str, path: Path, source: str, dated_on: date) -> TakenList:
    """Raises NotAllowed; Invalid `list_kind_unknown`, `list_source_missing`, `list_day_wrong`, as `reading.read`."""
    grant.require(Permission.IMPORT_CLAIMS)
    if kind not in TakenList.Kind.values:
        raise Invalid("list_kind_unknown")
    if not source.strip():
        raise Invalid("list_source_missing")
    if dated_on > today():
        raise Invalid("list_day_wrong")
    content = read(path, _table(kind))
    taken = _keep(grant, kind, content, (source.strip()[:_LONGEST_SOURCE], dated_on))
    writing.follow_parties()
    return taken


def _table(kind: str) -> str:
    return "codes" if kind in codes.KINDS else kind


def heading_of(kind: str, key: str) -> str:
    """What sheets call the column that a problem names."""
    return next((one.heading for one in columns(_table(kind)) if one.key == key), key)


@transaction.atomic
def _keep(grant: Grant, kind: str, content: Content, where: tuple[str, date]) -> TakenList:
    rows, keep = _checked(kind, content)
    taken = TakenList.objects.create(
        kind=kind, source=where[0], dated_on=where[1], by_id=grant.staff_id, taken_at=now(), rows=len(rows)
    )
    taken.fresh = keep(taken, rows)
    taken.rejected = len({one["row"] for one in content.problems})
    taken.problems = sorted(content.problems, key=lambda one: int(one["row"]))[:_TOLD]
    taken.save(update_fields=["fresh", "rejected", "problems"])
    facts = {"number": taken.name, "list": kind, "rows": taken.rows, "new": taken.fresh, "rejected": taken.rejected}
    append(action="claims.list_taken", actor=grant.actor, subject=taken.id, facts=facts)
    return taken


def _checked(kind: str, content: Content) -> tuple[Sequence[Any], Callable[[TakenList, Sequence[Any]], int]]:
    """Rows that hold, and who keeps them."""
    if kind in dated.KINDS:
        return dated.checked(kind, content), dated.keep
    if kind == TakenList.Kind.PRODUCTS:
        return _without(content, products.problem_of), products.keep
    return _without(content, codes.problem_of), codes.keep


def _without(content: Content, problem_of: Callable[[Entry], tuple[str, str] | None]) -> list[Entry]:
    found = []
    for one in content.entries:
        problem = problem_of(one)
        if problem is None:
            found.append(one)
        else:
            content.refuse(one.row, *problem)
    return found
