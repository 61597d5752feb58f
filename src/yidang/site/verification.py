"""The whole archive checked, and rebuilt: each room looks at its own truth, this lays the findings side by side."""

from collections.abc import Iterable
from typing import Any

from yidang.access import feeding
from yidang.access.verification import verify_index
from yidang.credit.audit import verify_credit
from yidang.disposition.audit import verify_holds
from yidang.holdings import rebuild as holdings_rebuild
from yidang.holdings import scheme_watch
from yidang.holdings import verify as holdings_verify
from yidang.identity.verification import verify_people
from yidang.kernel.difference import Difference, difference
from yidang.kernel.errors import Conflict
from yidang.kernel.texts import Language, say
from yidang.ledger.anchoring.audit import verify_outside
from yidang.ledger.audit import verify_ledger
from yidang.ledger.rebuild import restore_rows
from yidang.ledger.statements.audit import verify_statements
from yidang.site import lost_details
from yidang.site.restoring import restore_rooms
from yidang.site.wall_audit import verify_wall

Outcome = dict[str, Any]


def verify(code: str | None = None, *, language: Language = "zh") -> Outcome:
    """{"ok", "items", "count", "differences": [{"code", "message", "facts"}], "notes": the same}.

    `code` narrows it to one record.
    """
    report = holdings_verify.verify([code] if code else None)
    found, notes = list(report.differences), list[Difference]()
    if code is None:
        in_ledger, notes = lost_details.set_apart(verify_ledger())
        outside = verify_outside()
        found += [*in_ledger, *outside.differences, *verify_people(), *verify_index(), *verify_wall()]
        found += [*verify_statements(), *verify_holds(), *verify_credit()]
        notes += [*outside.notes, *scheme_watch.put_back()]
    return _outcome(report.items, found, notes, language)


def rebuild(*, language: Language = "zh") -> Outcome:
    """The same shape; the differences name what could not be brought back, the notes what stood in the database alone.

    Raises:
        Conflict: `catalogue_not_empty`.
    """
    lost = _restore_ledger()
    report = holdings_rebuild.rebuild()
    failed, told = restore_rooms()
    feeding.rebuild_index()
    notes = [*report.notes, *told, *lost_details.attest()]
    wanting = [*lost, *report.differences, *failed]
    return _outcome(report.items, wanting, notes, language) | {"versions": report.versions}


def _restore_ledger() -> list[Difference]:
    """Before anything is appended: the rows must not run behind the log's files."""
    try:
        restore_rows()
    except Conflict as problem:
        return [difference(problem.code, **problem.facts)]
    return []


def _outcome(items: int, differences: Iterable[Difference], notes: Iterable[Difference], language: Language) -> Outcome:
    told = _told(differences, language)
    said = _told(notes, language)
    return {"ok": not told, "items": items, "count": len(told), "differences": told, "notes": said}


def _told(differences: Iterable[Difference], language: Language) -> list[Outcome]:
    return [{"code": d.code, "message": say(d.code, language, **d.facts), "facts": dict(d.facts)} for d in differences]
