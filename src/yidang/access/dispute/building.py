"""Making the file: permission, one row in the ledger for each record, then the ZIP.

1. What the ledger knows up to now is brought under a checkpoint; everything in the file is proved under that one.
2. Records and their commitments. 3. Events with proofs. 4. Statements given out about the records, and revocations.
5. The report. 6. The verifier. 7. The manifest with every file's digest, and the log's signatures over it, last.
"""

import json
import secrets
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO
from uuid import UUID

from django.db import transaction

from yidang.access.dispute.events import Log, ProvedEvent, current_log
from yidang.access.dispute.parcel import Parcel
from yidang.access.dispute.records import add_record
from yidang.access.dispute.report import html, report_of
from yidang.access.dispute.report_pdf import pdf
from yidang.holdings.models import Item
from yidang.holdings.queries import get_item
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger import verifier
from yidang.ledger.events import NewEvent, say_time
from yidang.ledger.operations import append_many
from yidang.ledger.sequencing import sequence
from yidang.ledger.statements.operations import opened
from yidang.ledger.statements.queries import of_subjects, signed_revocations, statement_file

FORMAT = "yidang-dispute/1"
MOST_RECORDS = 2000
Progress = Callable[[int, int], None]


def build_dispute(grant: Grant, codes: Sequence[str | UUID], sink: BinaryIO, progress: Progress | None = None) -> str:
    """Writes the ZIP about the records and returns its number. `progress` hears of each record done.

    Raises:
        NotAllowed: `not_allowed`. NotFound: `item_not_found`.
        Conflict: `item_not_filed`. Invalid: `dispute_empty`, `dispute_too_large`.
    """
    for permission in (Permission.DOWNLOAD, Permission.VERIFY):
        grant.require(permission)
    items = _items(grant, codes)
    number = f"{today():%Y%m%d}-{secrets.token_hex(4).upper()}"
    _tell(grant, items, number)
    sequence()
    parcel = Parcel(sink)
    try:
        _Making(parcel, number, items, current_log()).make(grant.username, progress or _silent)
    finally:
        parcel.close()
    return number


def _silent(_done: int, _total: int) -> None:
    """For whoever does not wait at a screen."""


def _items(grant: Grant, codes: Sequence[str | UUID]) -> list[Item]:
    if not codes:
        raise Invalid("dispute_empty")
    if len(codes) > MOST_RECORDS:
        raise Invalid("dispute_too_large", count=len(codes), limit=MOST_RECORDS)
    items = list({item.pk: item for item in (get_item(grant, code) for code in codes)}.values())
    for item in items:
        if not item.version:
            raise Conflict("item_not_filed", item=item.working_number)
    return items


@transaction.atomic
def _tell(grant: Grant, items: Sequence[Item], number: str) -> None:
    """Told before the first byte is written: a file cut off half-way was begun all the same."""
    append_many(
        [
            NewEvent(
                action="dispute.exported",
                actor=grant.actor,
                subject=item.pk,
                facts={"number": number, "version": item.version, "records": len(items)},
            )
            for item in items
        ]
    )


class _Making:
    def __init__(self, parcel: Parcel, number: str, items: Sequence[Item], log: Log) -> None:
        self._parcel = parcel
        self._number = number
        self._items = items
        self._log = log

    def make(self, made_by: str, progress: Progress) -> None:
        total = len(self._items)
        records = []
        for done, item in enumerate(self._items):
            progress(done, total)
            records.append(add_record(self._parcel, item, f"records/{done + 1:04d}"))
        events = self._log.events_of([item.pk for item in self._items])
        outside = self._log.outside()
        self._add_log(events, outside)
        statements = self._add_statements()
        self._add_report(events, made_by, len(outside))
        self._add_program()
        self._add_manifest(records, statements)
        progress(total, total)

    def _add_log(self, events: Sequence[ProvedEvent], outside: dict[str, dict[str, Any]]) -> None:
        self._parcel.add("ledger/checkpoint", self._log.head.note.encode())
        for name in ("keys", "log.json"):
            self._parcel.add(f"ledger/{name}", (self._log.folder.path / name).read_bytes())
        self._parcel.add_json("ledger/events.json", [event.proof for event in events])
        self._parcel.add_json("ledger/outside.json", outside)

    def _add_statements(self) -> list[str]:
        paths = []
        for row in of_subjects([item.pk for item in self._items]):
            if row.body is not None:
                paths.append(f"statements/{row.number}.json")
                self._parcel.add_json(paths[-1], statement_file(opened(row)))
        self._parcel.add("statements/revocations.cose", signed_revocations())
        return paths

    def _add_report(self, events: Sequence[ProvedEvent], made_by: str, outside: int) -> None:
        report = report_of(
            number=self._number, items=self._items, events=events, log=self._log, made_by=made_by, outside=outside
        )
        self._parcel.add("report.html", html(report))
        self._parcel.add("report.pdf", pdf(report))

    def _add_program(self) -> None:
        own = files("yidang.access.dispute") / "data"
        self._parcel.add("verify.py", own.joinpath("verify.py").read_bytes())
        self._parcel.add("README.txt", own.joinpath("README.txt").read_bytes())
        self._parcel.add("verifier.py", Path(verifier.__file__).read_bytes())

    def _add_manifest(self, records: list[dict[str, Any]], statements: list[str]) -> None:
        about: dict[str, Any] = {"format": FORMAT, "number": self._number, "made_at": say_time(now())}
        about |= {"records": records, "statements": statements, "files": dict(self._parcel.files)}
        manifest = json.dumps(about, ensure_ascii=False, indent=1).encode()
        self._parcel.add("manifest.json", manifest)
        self._parcel.add("manifest.note", self._log.sign(FORMAT, manifest).encode())
