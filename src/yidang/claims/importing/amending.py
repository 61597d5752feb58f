"""Corrections and reversals: what stood before is sealed into an event, then the settlement stands anew."""

from collections.abc import Callable, Iterable
from typing import Any
from uuid import uuid4

from django.db import connection

from yidang.claims.models import HistoryChange, Import, Line, Settlement, SettlementEvent
from yidang.claims.sealed import opened
from yidang.crypto.fields import seal_json
from yidang.kernel.clock import CHINA, now

_MANY = 1000
_TABLE = "claims_settlement_event"
Kind = SettlementEvent.Kind


def take_away_changed(db: Any, batch: Import) -> None:
    """The former state of what comes corrected, kept and then removed; `replaced` tells the history of it."""
    db.execute("CREATE TABLE replaced (claim BIGINT, month VARCHAR)")
    claims = [claim for (claim,) in db.execute("SELECT claim FROM good WHERE state = 'changed'").fetchall()]
    turned = {
        claim for (claim,) in db.execute("SELECT claim FROM good WHERE state = 'changed' AND reversed").fetchall()
    }
    for some in _parts(claims):
        standing = list(Settlement.objects.select_for_update().filter(claim__in=some))
        rows = [(one.claim, month_of(one)) for one in standing]
        db.executemany("INSERT INTO replaced VALUES (?, ?)", rows)
        _tell(
            standing, batch, lambda one: Kind.REVERSED if one.claim in turned and not one.reversed else Kind.CORRECTED
        )
        remove(some)


def remove(claims: list[int]) -> None:
    """The rows alone. Not by the ORM, which would look for what else hangs on them: the events do, and stay."""
    tables = ("claims_line", "claims_prescription", "claims_clinicalextract", "claims_settlement")
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"DELETE FROM {table} WHERE claim = ANY(%s)", [claims])


def note_added(db: Any, batch: Import) -> None:
    """Lines or extracts that came after their settlement make a new version of it."""
    if not db.execute("SELECT claim FROM standing LIMIT 1").fetchall():
        return
    added = " UNION ".join(
        f"SELECT claim FROM good_{name} WHERE state = 'added'"
        for name in ("lines", "orders", "results", "leaves", "vitals")
    )
    for some in _parts([claim for (claim,) in db.execute(added).fetchall()]):
        standing = list(Settlement.objects.select_for_update().filter(claim__in=some))
        _tell(standing, batch, lambda _one: Kind.CORRECTED)
        for one in standing:
            one.version += 1
        Settlement.objects.bulk_update(standing, ["version"], batch_size=_MANY)


def reverse_originals(db: Any, batch: Import) -> None:
    """What another settlement takes back. The history follows by the outbox."""
    from yidang.claims.importing.shape import serial

    asked = f"SELECT {serial('reverses')} FROM good WHERE reverses IS NOT NULL AND state <> 'same'"
    for some in _parts([claim for (claim,) in db.execute(asked).fetchall()]):
        standing = list(Settlement.objects.select_for_update().filter(claim__in=some, reversed=False))
        mark_reversed(standing, batch)


def mark_reversed(standing: list[Settlement], batch: Import | None, by: Any = None) -> None:
    _tell(standing, batch, lambda _one: Kind.REVERSED, by)
    for one in standing:
        one.version += 1
        one.reversed = True
    Settlement.objects.bulk_update(standing, ["version", "reversed"], batch_size=_MANY)
    Line.objects.filter(settlement__in=standing).update(reversed=True)
    tell_history(one.claim for one in standing)


def tell_history(claims: Iterable[int]) -> None:
    HistoryChange.objects.bulk_create(
        HistoryChange(kind=HistoryChange.Kind.CLAIM, claim=claim, made_at=now()) for claim in claims
    )


def month_of(one: Settlement) -> str:
    return f"{one.settled_at.astimezone(CHINA):%Y-%m}"


def _tell(standing: list[Settlement], batch: Import | None, kind: Any, by: Any = None) -> None:
    SettlementEvent.objects.bulk_create(describe(standing, kind, batch, by), batch_size=_MANY)


def describe(
    standing: list[Settlement], kind: Callable[[Settlement], Kind], batch: Import | None = None, by: Any = None
) -> list[SettlementEvent]:
    """Events not yet written, one a settlement, that keep what stands now."""
    lines: dict[int, list[dict[str, Any]]] = {}
    for line in Line.objects.filter(settlement__in=standing).order_by("line").values():
        lines.setdefault(line["settlement_id"], []).append(dict(line))
    return [_event(one, kind(one), batch, by, lines.get(one.claim, [])) for one in standing]


def _event(one: Settlement, kind: Kind, batch: Import | None, by: Any, lines: list[dict[str, Any]]) -> SettlementEvent:
    made = SettlementEvent(
        id=uuid4(), settlement=one, kind=kind, version=one.version + 1, at=now(), batch=batch, by_id=by
    )
    header = {
        field.attname: str(value)
        for field in Settlement._meta.concrete_fields  # noqa: SLF001 - Django's own way to its fields
        if field.attname != "sealed" and (value := getattr(one, field.attname)) is not None
    }
    plain = [{key: str(value) for key, value in line.items() if value is not None} for line in lines]
    before = {"header": header, "clinical": opened(one), "lines": plain}
    made.sealed = seal_json(before, table=_TABLE, row=str(made.id), field="")
    return made


def _parts(claims: list[int]) -> Iterable[list[int]]:
    return (claims[start : start + _MANY] for start in range(0, len(claims), _MANY))
