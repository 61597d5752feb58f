"""The administrator with root is the attacker: database, disk, clock and the live signing keys are in hostile hands.

Each attack leaves a log that agrees with itself wherever that can be done. Who finds it, and by which finding, is the
name of the game: the ledger itself, a witness, an anchor, or a stranger with an export and the witness's public key.
"""

import base64
import dataclasses
import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from ledger.outside import witness_of
from yidang.kernel.texts import catalogue
from yidang.ledger import verifier
from yidang.ledger.anchoring.audit import verify_outside
from yidang.ledger.anchoring.work import anchor_due
from yidang.ledger.audit import verify_ledger
from yidang.ledger.events import NewEvent
from yidang.ledger.export import export
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.merkle import EMPTY_ROOT
from yidang.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerPosition, LedgerWaiting
from yidang.ledger.operations import append_many, sequence
from yidang.ledger.rebuild import restore_rows
from yidang.ledger.signing import signing_keys
from yidang.ledger.writing import LedgerWriter

TABLES = (LedgerPosition, LedgerWaiting, LedgerEntry, LedgerCheckpoint)


class Archive:
    """The victim, and what its root can do to it."""

    def __init__(self, home: Path, settings: Any) -> None:
        self.home = home
        self.log = home / "ledger"
        self._settings = settings

    def set(self, **values: object) -> None:
        self._settings.YIDANG = dataclasses.replace(self._settings.YIDANG, **values)

    def work(self, count: int, action: str = "page.viewed") -> list[UUID]:
        with transaction.atomic():
            ids = append_many([NewEvent(action=action, actor="u1", facts={"n": n}) for n in range(count)])
        sequence()
        return ids

    def entries(self) -> list[bytes]:
        folder = LedgerFolder(self.log)
        size = folder.checkpoint().size
        return [entry for n in range(-(-size // 256)) for entry in folder.entries(n, min(256, size - n * 256))]

    def invent(self, entries: list[bytes]) -> None:
        """A new history under the live keys, files and rows alike: nothing in the house contradicts it."""
        keys = signing_keys(self.home, may_create=False)
        for name in ("tile", "checkpoint", "checkpoints"):
            path = self.log / name
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        for table in TABLES:
            table.objects.all().delete()
        writer = LedgerWriter(LedgerFolder(self.log), keys)
        writer.publish(0, EMPTY_ROOT)
        for first in range(0, len(entries), 100):
            writer.extend(entries[first : first + 100])
        restore_rows()

    def copy(self, place: Path) -> dict[type, list[Any]]:
        shutil.copytree(self.log, place)
        return {table: list(table.objects.all()) for table in TABLES}

    def replay(self, place: Path, rows: dict[type, list[Any]]) -> None:
        shutil.rmtree(self.log)
        shutil.copytree(place, self.log)
        for table in TABLES:
            table.objects.all().delete()
        for table in reversed(TABLES):
            table.objects.bulk_create(rows[table])

    def inside(self) -> list[str]:
        return self._codes(verify_ledger())

    def outside(self) -> list[str]:
        return self._codes(verify_outside().differences)

    def notes(self) -> list[str]:
        return self._codes(verify_outside().notes)

    @staticmethod
    def _codes(found: Any) -> list[str]:
        assert {one.code for one in found} <= catalogue().keys()
        return [one.code for one in found]


@pytest.fixture
def archive(tmp_path: Path, settings: Any, transactional_db: None) -> Archive:
    victim = Archive(tmp_path / "home", settings)
    victim.set(home=tmp_path / "home", witness_seconds=1)
    victim.work(150)
    return victim


@pytest.fixture
def witness(archive: Archive, tmp_path: Path) -> Iterator[Path]:
    """It has cosigned 150 entries."""
    with witness_of(archive.log, tmp_path / "witness") as setting:
        archive.set(witnesses=setting)
        assert anchor_due() == 1
        yield tmp_path / "witness"


@pytest.fixture
def safe(archive: Archive, tmp_path: Path) -> Path:
    """A folder elsewhere that holds the checkpoint over 150 entries."""
    (tmp_path / "safe").mkdir()
    archive.set(anchors=(tmp_path / "safe").as_uri())
    assert anchor_due() == 1
    return tmp_path / "safe"


def altered(entries: list[bytes]) -> list[bytes]:
    return [entries[0].replace(b'"actor":"u1"', b'"actor":"u9"'), *entries[1:]]


def stranger(archive: Archive, dest: Path, witnesses: str) -> list[str]:
    """Somebody else, with an export made after the attack and the witness's public keys of before it."""
    export(dest)
    outside = verifier.outside_of(witnesses.split(" ")[1:], 1, [], None, None)
    return [one["code"] for one in verifier.verify_folder(dest, outside=outside)["findings"]]


def test_nothing_is_found_where_nothing_was_done(archive: Archive, witness: Path, safe: Path, tmp_path: Path) -> None:
    assert archive.inside() == archive.outside() == []
    assert stranger(archive, tmp_path / "export", archive._settings.YIDANG.witnesses) == []


def test_a_row_is_edited(archive: Archive) -> None:
    LedgerEntry.objects.filter(place__position=3).update(actor="u9")
    assert archive.inside() == ["ledger_row_altered"]


def test_files_and_rows_are_edited_alike_without_the_keys(archive: Archive) -> None:
    bundle = archive.log / "tile" / "entries" / "000.p" / "150"
    bundle.write_bytes(bundle.read_bytes().replace(b'"actor":"u1"', b'"actor":"u9"', 1))
    row = LedgerEntry.objects.get(place__position=0)
    LedgerEntry.objects.filter(id=row.id).update(actor="u9", entry=row.entry.replace(b'"u1"', b'"u9"'))
    assert "ledger_entry_altered" in archive.inside()


def test_history_is_signed_anew_with_the_live_keys(archive: Archive, witness: Path, tmp_path: Path) -> None:
    archive.invent(altered(archive.entries()))
    assert archive.inside() == []
    assert archive.outside() == ["ledger_record_contradicts", "ledger_outside_contradicts"]
    assert len(list((witness / "refused").iterdir())) == 1  # both checkpoints, signed: the lie can be shown to anybody
    assert "record_contradicts" in stranger(archive, tmp_path / "export", archive._settings.YIDANG.witnesses)


def test_history_is_signed_anew_and_has_grown_beyond_the_witness(archive: Archive, witness: Path) -> None:
    archive.work(100)
    archive.invent(altered(archive.entries()))
    assert archive.inside() == []
    shutil.rmtree(archive.log / "anchors")
    assert archive.outside() == ["ledger_outside_contradicts"]


def test_history_is_signed_anew_and_an_anchor_elsewhere_knows_better(archive: Archive, safe: Path) -> None:
    archive.invent(altered(archive.entries()))
    shutil.rmtree(archive.log / "anchors")
    assert archive.inside() == []
    assert archive.outside() == ["ledger_outside_contradicts"]


def test_the_log_is_cut_short(archive: Archive, witness: Path, safe: Path) -> None:
    archive.invent(archive.entries()[:100])
    assert archive.inside() == []
    assert archive.outside() == ["ledger_record_beyond"] * 2 + ["ledger_outside_ahead"] * 2
    shutil.rmtree(archive.log / "anchors")
    assert archive.outside() == ["ledger_outside_ahead"] * 2


def test_yesterdays_copy_of_everything_is_put_back(archive: Archive, witness: Path, tmp_path: Path) -> None:
    """Files, rows and the proofs kept beside them: the house agrees with itself throughout."""
    rows = archive.copy(tmp_path / "yesterday")
    archive.work(50)
    anchor_due(at_once=True)
    archive.replay(tmp_path / "yesterday", rows)
    assert archive.inside() == []
    assert archive.outside() == ["ledger_outside_ahead"]


def test_yesterdays_copy_is_put_back_and_worked_on(archive: Archive, witness: Path, tmp_path: Path) -> None:
    rows = archive.copy(tmp_path / "yesterday")
    archive.work(50)
    anchor_due(at_once=True)
    archive.replay(tmp_path / "yesterday", rows)
    archive.work(80)
    assert archive.inside() == []
    assert archive.outside() == ["ledger_outside_contradicts"]


def test_the_clock_is_set_back(archive: Archive, witness: Path, monkeypatch: Any, tmp_path: Path) -> None:
    monkeypatch.setattr("yidang.ledger.operations.now", lambda: datetime.now(UTC) - timedelta(days=2))
    archive.work(3)
    assert archive.inside() == ["ledger_checkpoint_time"]  # the checkpoint before it is younger
    assert archive.outside() == ["ledger_entry_backdated"]
    found = stranger(archive, tmp_path / "export", archive._settings.YIDANG.witnesses)
    assert found == ["entry_backdated"] * 3


def test_the_clock_is_set_forward(archive: Archive, witness: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr("yidang.ledger.operations.now", lambda: datetime.now(UTC) + timedelta(days=2))
    archive.work(3)
    anchor_due(at_once=True)
    assert archive.outside() == ["ledger_entry_postdated"]


def test_the_witness_is_taken_out_of_the_settings(archive: Archive, witness: Path, tmp_path: Path) -> None:
    """The house can be silenced about a witness, and says that; a stranger who knows the witness cannot."""
    known = archive._settings.YIDANG.witnesses
    archive.invent(altered(archive.entries()))
    archive.set(witnesses="")
    assert archive.notes() == ["ledger_outside_unnamed"]
    assert archive.outside() == ["ledger_record_contradicts"]
    shutil.rmtree(archive.log / "anchors")
    assert archive.inside() == archive.outside() == archive.notes() == []
    assert stranger(archive, tmp_path / "export", known) == ["too_few_witnesses"]


def test_the_attacker_runs_a_witness_of_the_same_name(archive: Archive, witness: Path, tmp_path: Path) -> None:
    known = archive._settings.YIDANG.witnesses
    archive.invent(altered(archive.entries()))
    shutil.rmtree(archive.log / "anchors")
    with witness_of(archive.log, tmp_path / "impostor") as setting:
        archive.set(witnesses=setting)
        assert anchor_due() == 1
        assert archive.outside() == []
        assert "too_few_witnesses" in stranger(archive, tmp_path / "export", known)
        archive.set(witnesses=f"{setting.split(' ')[0]} {known.split(' ', 1)[1]}")
        assert anchor_due(at_once=True) == 0  # an answer under other keys is no answer


def test_a_kept_proof_is_rewritten(archive: Archive, witness: Path) -> None:
    (path,) = (archive.log / "anchors").glob("witness-*")
    record = json.loads(path.read_text())
    path.write_text(json.dumps(record | {"size": 140, "root": _root_of(archive, 140)}) + "\n")
    assert archive.outside() == ["ledger_record_false"]
    path.write_text("{}\n")
    assert archive.outside() == ["ledger_record_damaged"]


def _root_of(archive: Archive, size: int) -> str:
    return base64.b64encode(LedgerFolder(archive.log).root_at(size, within=150)).decode()


def test_a_checkpoint_somebody_kept_on_paper(archive: Archive, tmp_path: Path) -> None:
    """No witness at all: one note of 300 bytes, printed or mailed yesterday, is enough."""
    (tmp_path / "kept").write_text(LedgerFolder(archive.log).checkpoint().note)
    archive.invent(altered(archive.entries()))
    export(tmp_path / "export")
    outside = verifier.outside_of([], 1, [tmp_path / "kept"], None, None)
    found = verifier.verify_folder(tmp_path / "export", outside=outside)["findings"]
    assert found == [{"code": "known_checkpoint_contradicts", "size": 150}]


def test_what_is_done_inside_the_window_is_not_found(archive: Archive, witness: Path) -> None:
    """Honest about the limit: what no witness has seen yet, a holder of the live keys can still write anew."""
    archive.work(1, "item.described")
    entries = archive.entries()
    archive.invent([*entries[:150], entries[150].replace(b'"actor":"u1"', b'"actor":"u9"')])
    assert archive.inside() == archive.outside() == []
