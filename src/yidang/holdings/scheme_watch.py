"""Fonds, series, terms and departments changed while the house stood still: named before they are put back.

Every start writes the packaged data over the rows. What differs then is either a newer package, known by the digest
that the ledger keeps of the last one, or somebody's hand.
"""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.db import transaction

from yidang.crypto.sm import sm3
from yidang.holdings.models import SchemeVersion
from yidang.holdings.scheme import (
    load_scheme,
    packaged_fonds,
    packaged_rule_columns,
    packaged_series,
)
from yidang.holdings.scheme_audit import scheme_differences
from yidang.identity import departments
from yidang.kernel.difference import Difference, difference
from yidang.ledger.models import LedgerEntry
from yidang.ledger.operations import append
from yidang.ledger.sequencing import ledger_folder

LOADED, PUT_BACK = "scheme.loaded", "scheme.put_back"
_ACTOR = "system:start"
_NAMED = 40
_TOLD = 5


@transaction.atomic
def load_watched() -> list[Difference]:
    """What was found changed, and is put back by now."""
    packaged, before = _digest(), _last_digest()
    found = _changed() if packaged == before else []
    load_scheme()
    if found:
        rows = [{"code": one.code, **{name: str(value) for name, value in one.facts.items()}} for one in found]
        append(action=PUT_BACK, actor=_ACTOR, facts={"count": len(rows), "rows": rows[:_NAMED]})
    if packaged != before and _has_begun():
        append(action=LOADED, actor=_ACTOR, facts={"packaged": packaged})
    return found


def put_back() -> Iterator[Difference]:
    """The last times that somebody's changes were put back, newest first."""
    for entry in LedgerEntry.objects.filter(action=PUT_BACK).order_by("-id")[:_TOLD]:
        rows = _facts(entry)["rows"]
        named = "；".join(" ".join(str(value) for value in row.values()) for row in rows[:_TOLD])
        yield difference("scheme_put_back", at=entry.at.isoformat(timespec="seconds"), count=len(rows), rows=named)


def _changed() -> list[Difference]:
    found = [*scheme_differences(), *departments.department_differences()]
    if found and (day := _began_since_last_seen()):
        then = [*scheme_differences(day), *departments.department_differences()]
        found = [one for one in found if one in then]
    return found


def _began_since_last_seen() -> date | None:
    """The eve of the day on which an approved version came into force while nobody was here to take it on."""
    newest = SchemeVersion.objects.order_by("-effective_from").first()
    seen = LedgerEntry.objects.order_by("-id").first()
    if newest is None or seen is None or newest.effective_from < seen.at.date():
        return None
    return newest.effective_from - timedelta(days=1)


def _has_begun() -> bool:
    """Not in a catalogue still to be rebuilt: its first rows are those of the log."""
    return LedgerEntry.objects.exists() or not ledger_folder().path.exists()


def _digest() -> str:
    whole = [departments.packaged(), *packaged_fonds(), *packaged_rule_columns(), *packaged_series()]
    return sm3(json.dumps(whole, ensure_ascii=False, sort_keys=True, default=str).encode()).hex()


def _last_digest() -> str:
    last = LedgerEntry.objects.filter(action=LOADED).order_by("-id").first()
    return str(_facts(last)["packaged"]) if last else ""


def _facts(entry: LedgerEntry) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(bytes(entry.entry))["facts"]
    return facts
