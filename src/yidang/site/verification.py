"""The whole archive checked, and rebuilt: each room looks at its own truth, this lays the findings side by side."""

from collections.abc import Iterable
from typing import Any

from yidang.access import feeding
from yidang.access.verification import verify_index
from yidang.holdings import rebuild as holdings_rebuild
from yidang.holdings import verify as holdings_verify
from yidang.kernel.difference import Difference, difference
from yidang.kernel.errors import Conflict
from yidang.kernel.texts import Language, say
from yidang.ledger.audit import verify_ledger
from yidang.ledger.rebuild import restore_rows

Outcome = dict[str, Any]


def verify(code: str | None = None, *, language: Language = "zh") -> Outcome:
    """{"ok", "items", "count", "differences": [{"code", "message", "facts"}]}; `code` narrows it to one record."""
    report = holdings_verify.verify([code] if code else None)
    found = list(report.differences)
    if code is None:
        found += [*verify_ledger(), *verify_index()]
    return _outcome(report.items, found, language)


def rebuild(*, language: Language = "zh") -> Outcome:
    """The same shape with "notes"; the differences name what could not be brought back, the notes what never was kept.

    Raises:
        Conflict: `catalogue_not_empty`.
    """
    lost = _restore_ledger()
    report = holdings_rebuild.rebuild()
    feeding.rebuild_index()
    outcome = _outcome(report.items, [*lost, *report.differences], language)
    return outcome | {"versions": report.versions, "notes": _told(report.notes, language)}


def _restore_ledger() -> list[Difference]:
    """Before anything is appended: the rows must not run behind the log's files."""
    try:
        restore_rows()
    except Conflict as problem:
        return [difference(problem.code, **problem.facts)]
    return []


def _outcome(items: int, differences: Iterable[Difference], language: Language) -> Outcome:
    told = _told(differences, language)
    return {"ok": not told, "items": items, "count": len(told), "differences": told}


def _told(differences: Iterable[Difference], language: Language) -> list[Outcome]:
    return [{"code": d.code, "message": say(d.code, language, **d.facts), "facts": dict(d.facts)} for d in differences]
