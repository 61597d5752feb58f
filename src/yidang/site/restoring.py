"""After the catalogue came back: the rooms' own tables, as far as the ledger told enough, and the rest by name."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from django.apps import apps
from django.db import DatabaseError
from django.db.models import Count, Model

from yidang.access.lending import labels as lending
from yidang.access.lending import restoring as loans
from yidang.checks import labels as checks_labels
from yidang.checks import restoring as checks
from yidang.collection import labels as collection
from yidang.credit import labels as credit
from yidang.disposition import labels as disposition
from yidang.disposition import restoring as holds
from yidang.duty import labels as duty
from yidang.holdings import doubt
from yidang.kernel.difference import Difference, difference
from yidang.ledger.models import LedgerEntry
from yidang.ledger.queries import unended
from yidang.oversight import labels as oversight
from yidang.quality import labels as quality
from yidang.storeroom import labels as storeroom_labels
from yidang.storeroom import restoring as storeroom

_RESTORING: dict[str, Callable[[], dict[str, int]]] = {
    "storeroom": storeroom.restore,
    "checks": checks.restore,
    "disposition": holds.restore,
    "access": loans.restore,
}
# Whole rooms that the rebuild of catalogue and ledger brings back, and what of them it does not.
_REBUILT = {"holdings", "ledger"}
_LEFT_OUT = {"holdings_volumestep", "holdings_pendingversion"}  # holds come back by rooms, or are in doubt
_BACK = {"identity_staff", "identity_department", *storeroom.RESTORED, *checks.RESTORED}
_BACK |= {*holds.RESTORED, *loans.RESTORED}
# Counted or looked at anew by the keeper, from what stands.
_MADE_ANEW = {"insight_snapshot", "quality_rate", "quality_look", "quality_progress", "quality_pageprint"}
_ENTERED: Mapping[str, Iterable[str]] = {
    "access": lending.ACTIONS,
    "checks": checks_labels.ACTIONS,
    "collection": collection.ACTIONS,
    "credit": credit.ACTIONS,
    "disposition": disposition.ACTIONS,
    "duty": duty.ACTIONS,
    "oversight": oversight.ACTIONS,
    "quality": quality.ACTIONS,
    "storeroom": storeroom_labels.ACTIONS,
}


def restore_rooms() -> tuple[list[Difference], list[Difference]]:
    """(what failed, notes: what came back, and each room's tables that did not)."""
    failed: list[Difference] = []
    notes: list[Difference] = []
    for room, restore in _RESTORING.items():
        try:
            back = restore()
        except (DatabaseError, KeyError, ValueError) as problem:
            failed.append(difference("room_not_restored", room=room, cause=type(problem).__name__))
            continue
        notes += [difference("table_restored", table=table, rows=rows) for table, rows in back.items() if rows]
    return failed, [*notes, *_doubted(), *_not_restored()]


def _doubted() -> Iterator[Difference]:
    """Nothing ends before two people have compared what is held with what must be."""
    inspections = (told.facts["number"] for told in unended("inspection.opened", "inspection.closed"))
    unsure = [*holds.unsure(), *loans.unsure(), *inspections]
    doubt.raise_doubt(unsure=unsure, gone=holds.gone())
    yield difference("holds_to_confirm", unsure="、".join(unsure) or "–")


def _not_restored() -> Iterator[Difference]:
    """Their rows were lost uncounted; the ledger's entries of a room tell how much there was."""
    entered = _entries()
    for room, tables in tables_lost().items():
        entries = sum(entered[action] for action in _ENTERED.get(room, ()))
        yield difference("tables_not_restored", room=room, tables=", ".join(tables), entries=entries)


def tables_lost() -> dict[str, list[str]]:
    """Room → tables that come back from a copy of the database alone."""
    found: dict[str, list[str]] = {}
    for config in apps.get_app_configs():
        if config.name.startswith("yidang."):
            every = {_table(model) for model in config.get_models()}
            kept = every - _LEFT_OUT if config.label in _REBUILT else every & (_BACK | _MADE_ANEW)
            if every - kept:
                found[config.label] = sorted(every - kept)
    return found


def _table(model: type[Model]) -> str:
    return model._meta.db_table.replace('"', "")  # noqa: SLF001 - Django's own word for it, quoted where it has a schema


def _entries() -> Counter[str]:
    rows = LedgerEntry.objects.order_by().values_list("action").annotate(n=Count("pk"))
    return Counter(dict(rows))
