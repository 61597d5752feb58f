"""What stands sealed in the rows of this room, opened."""

from typing import Any

from yidang.claims.models import (
    DatedEntry,
    Enrolee,
    EnroleeSource,
    Practitioner,
    QuarantinedRow,
    Settlement,
    SettlementEvent,
)
from yidang.crypto.fields import open_json

Words = dict[str, Any]


def opened(settlement: Settlement) -> Words:
    """{"main", "drg", "diagnoses": [{seq, code, is_main, condition}], "operations": [{seq, code, at, …}]}."""
    return _open(settlement.sealed, "claims_settlement", str(settlement.claim))


def words_of(enrolee: Enrolee) -> Words:
    return _open(enrolee.sealed, "claims_enrolee", str(enrolee.id))


def words_of_source(source: EnroleeSource) -> Words:
    return _open(source.sealed, "claims_enrolee_source", str(source.id))


def words_of_entry(entry: DatedEntry) -> Words:
    return _open(entry.sealed, "claims_dated_entry", str(entry.id))


def name_of(practitioner: Practitioner) -> str:
    return str(_open(practitioner.sealed, "claims_practitioner", practitioner.code).get("name", ""))


def before(event: SettlementEvent) -> Words:
    return _open(event.sealed, "claims_settlement_event", str(event.id))


def row_of(bad: QuarantinedRow) -> Words:
    """{"file": its name, "row": {column: value}}."""
    return _open(bad.sealed, "claims_quarantined_row", f"{bad.batch_id}/{bad.file}/{bad.row}")


def _open(sealed: bytes | memoryview | None, table: str, row: str) -> Words:
    if sealed is None:
        return {}
    found: Words = open_json(bytes(sealed), table=table, row=row, field="")
    return found
