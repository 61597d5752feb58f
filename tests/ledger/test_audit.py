"""Whatever is changed behind the system's back, in the database or in the files, is named."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.models import F

from yidang.identity.reach import as_owner
from yidang.kernel.difference import Difference
from yidang.kernel.errors import Conflict
from yidang.kernel.texts import catalogue
from yidang.ledger.audit import verify_ledger
from yidang.ledger.files_audit import file_differences
from yidang.ledger.models import LedgerCheckpoint, LedgerEntry, LedgerPosition, LedgerWaiting
from yidang.ledger.operations import append as append_one
from yidang.ledger.operations import sequence
from yidang.ledger.rebuild import restore_rows
from yidang.ledger.tiles import pack_entries, unpack_entries

Append = Callable[[int], list[UUID]]


@pytest.fixture
def ids(log: Path, append: Append) -> list[UUID]:
    """300 entries in two checkpoints, the last with a private part."""
    found = append(200)
    sequence()
    found += append(99)
    with transaction.atomic():
        found.append(append_one(action="item.described", actor="u1", private={"reason": "录错"}))
    sequence()
    return found


def findings() -> list[tuple[str, dict[str, object]]]:
    found = verify_ledger()
    assert {difference.code for difference in found} <= catalogue().keys()
    return [(difference.code, dict(difference.facts)) for difference in found]


def test_an_untouched_ledger_holds(ids: list[UUID]) -> None:
    assert findings() == []


@pytest.mark.parametrize("kind", ["entries", "0"])
def test_a_partial_tile_that_was_outgrown(ids: list[UUID], log: Path, append: Append, kind: str) -> None:
    append(20)
    sequence()
    tile = log / "tile" / kind / "001.p" / "44"
    sound = tile.read_bytes()
    tile.write_bytes(sound[:40] + bytes([sound[40] ^ 1]) + sound[41:])
    assert findings() == [("ledger_tile_altered", {"path": f"tile/{kind}/001.p/44"})]
    tile.unlink()
    assert findings() == [("ledger_file_missing", {"path": f"tile/{kind}/001.p/44"})]


def test_a_checkpoint_row_signed_by_nobody(ids: list[UUID]) -> None:
    LedgerCheckpoint.objects.filter(size=200).update(note="x")
    assert findings() == [("ledger_checkpoint_altered", {"size": 200})]


@pytest.mark.parametrize("days", [-1, 1])
def test_a_checkpoint_dated_otherwise(ids: list[UUID], append: Append, days: int) -> None:
    append(1)
    sequence()
    LedgerCheckpoint.objects.filter(size=200).update(at=F("at") + timedelta(days=days))
    assert [code for code, _ in findings()] == ["ledger_checkpoint_time"]


def test_a_log_not_yet_begun_holds(log: Path, append: Append) -> None:
    assert findings() == []
    append(3)
    assert findings() == []


def test_a_waiting_entry_is_no_difference(ids: list[UUID], append: Append) -> None:
    append(1)
    assert findings() == []


def test_a_removed_row(ids: list[UUID]) -> None:
    LedgerEntry.objects.filter(id__in=ids[5:8]).delete()
    assert findings() == [("ledger_row_missing", {"first": 5, "last": 7})]


def test_rows_removed_at_the_end(ids: list[UUID]) -> None:
    LedgerEntry.objects.filter(id__in=ids[290:]).delete()
    assert findings() == [("ledger_row_missing", {"first": 290, "last": 299})]


def test_a_row_edited_throughout(ids: list[UUID]) -> None:
    row = LedgerEntry.objects.get(id=ids[9])
    row.entry = bytes(row.entry).replace(b'"u1"', b'"u9"')
    row.actor = "u9"
    row.save()
    assert findings() == [("ledger_row_altered", {"position": 9, "entry": str(ids[9]), "fields": "entry"})]


def test_a_column_that_no_longer_says_what_the_entry_says(ids: list[UUID]) -> None:
    LedgerEntry.objects.filter(id=ids[9]).update(actor="u9")
    assert findings() == [("ledger_row_altered", {"position": 9, "entry": str(ids[9]), "fields": "actor"})]


def place(entries: dict[int, UUID]) -> None:
    LedgerPosition.objects.bulk_create(LedgerPosition(position=at, entry_id=one) for at, one in entries.items())


def test_rows_that_changed_places(ids: list[UUID]) -> None:
    LedgerPosition.objects.filter(position__in=[10, 11]).delete()
    place({10: ids[11], 11: ids[10]})
    assert [facts["position"] for _code, facts in findings()] == [10, 11]


def test_a_row_slipped_in_behind_the_log(ids: list[UUID]) -> None:
    with transaction.atomic():
        fake = append_one(action="item.viewed", actor="u1")
        LedgerWaiting.objects.filter(id=fake).delete()
        place({4711: fake})
    assert findings() == [("ledger_row_beyond", {"position": 4711})]


def test_a_row_slipped_in_beside_the_log(ids: list[UUID]) -> None:
    with transaction.atomic():
        fake = append_one(action="item.viewed", actor="u1")
        LedgerWaiting.objects.filter(id=fake).delete()
    assert findings() == [("ledger_row_outside", {"entry": str(fake)})]


def test_rows_whose_places_were_removed(ids: list[UUID]) -> None:
    LedgerPosition.objects.filter(position__in=[7, 8]).delete()
    outside = [("ledger_row_outside", {"entry": str(ids[at])}) for at in (7, 8)]
    assert findings() == [*outside, ("ledger_row_missing", {"first": 7, "last": 8})]


@pytest.mark.parametrize("private", [None, b"\x01\x00\x01" + bytes(40)])
def test_a_private_part_lost_or_damaged(ids: list[UUID], private: bytes | None) -> None:
    LedgerEntry.objects.filter(id=ids[-1]).update(private=private)
    assert findings() == [("ledger_private_wrong", {"position": 299, "entry": str(ids[-1]), "fields": "private"})]


def test_an_entry_edited_in_the_files(ids: list[UUID], log: Path) -> None:
    path = log / "tile/entries/000"
    entries = list(unpack_entries(path.read_bytes()))
    entries[40] = entries[40].replace(b'"u1"', b'"u9"')
    path.write_bytes(pack_entries(entries))
    assert ("ledger_entry_altered", {"position": 40}) in findings()


def test_a_bit_flipped_anywhere(ids: list[UUID], log: Path) -> None:
    files = [path for path in sorted(log.rglob("*")) if path.is_file() and path.name != ".lock"]
    assert len(files) > 8
    for path in [*files, log.parent / "ledger-keys/sm2.key", log.parent / "ledger-keys/ed25519.key"]:
        honest = path.read_bytes()
        path.write_bytes(bytes([honest[0] ^ 1]) + honest[1:])
        assert findings(), path
        path.unlink()
        assert findings(), path
        path.write_bytes(honest)
    assert findings() == []


def test_files_put_back_to_an_older_copy(ids: list[UUID], log: Path) -> None:
    """An honest older state in every file: only the database remembers the newer checkpoint."""
    roll_back_files(log)
    codes = {code for code, _facts in findings()}
    assert "ledger_checkpoint_removed" in codes
    LedgerEntry.objects.filter(id__in=ids[200:]).delete()
    LedgerPosition.objects.filter(position__gte=200).delete()
    codes = {code for code, _facts in findings()}
    assert codes == {"ledger_checkpoint_removed"}


def test_the_log_may_grow_while_it_is_read(ids: list[UUID], append: Append, monkeypatch: pytest.MonkeyPatch) -> None:
    def read_while_growing(*told: Any) -> Iterator[Difference]:
        append(1)
        sequence()
        return file_differences(*told)

    monkeypatch.setattr("yidang.ledger.audit.file_differences", read_while_growing)
    assert findings() == []
    assert LedgerCheckpoint.objects.filter(size=301).exists()


def roll_back_files(log: Path) -> None:
    notes = (log / "checkpoints").read_text().split("\n\n")
    (log / "checkpoint").write_text("\n\n".join(notes[2:4]) + "\n")
    (log / "checkpoints").write_text("\n\n".join(notes[:4]) + "\n")


def test_nothing_is_signed_over_files_put_back(ids: list[UUID], log: Path, append: Append) -> None:
    roll_back_files(log)
    append(1)
    with pytest.raises(Conflict, match="ledger_rolled_back"):
        sequence()


def test_nothing_is_signed_over_a_database_put_back(ids: list[UUID], append: Append) -> None:
    LedgerEntry.objects.filter(id__in=ids[250:]).delete()
    LedgerPosition.objects.filter(position__gte=250).delete()
    LedgerCheckpoint.objects.filter(size__gt=200).delete()
    append(1)
    with pytest.raises(Conflict, match="ledger_rows_behind"):
        sequence()


def test_nothing_is_signed_over_damaged_tiles(ids: list[UUID], log: Path, append: Append) -> None:
    tile = log / "tile/1/000.p/1"
    tile.write_bytes(bytes(32))
    append(1)
    with pytest.raises(Conflict, match="ledger_damaged"):
        sequence()


def test_lost_files_are_not_replaced_by_a_new_log(ids: list[UUID], log: Path, append: Append) -> None:
    log.rename(log.with_name("elsewhere"))
    append(1)
    with pytest.raises(Conflict, match="ledger_files_missing"):
        sequence()


def empty_database() -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE ledger_entry, ledger_position, ledger_waiting, ledger_checkpoint")


def test_rows_come_back_from_the_files(ids: list[UUID], append: Append) -> None:
    before = list(LedgerEntry.objects.order_by("place__position").values_list("id", "action", "actor", "subject", "at"))
    empty_database()
    restored = restore_rows()
    assert (
        list(LedgerEntry.objects.order_by("place__position").values_list("id", "action", "actor", "subject", "at"))
        == before
    )
    assert (restored.rows, restored.removed, restored.private_lost) == (300, [], [ids[-1]])
    assert findings() == [("ledger_private_wrong", {"position": 299, "entry": str(ids[-1]), "fields": "private"})]
    append(2)
    assert sequence() == 2


def test_private_facts_come_back_from_who_kept_them(ids: list[UUID]) -> None:
    from yidang.ledger.queries import _opened, _row

    kept = _opened(_row(ids[-1]))
    empty_database()
    restored = restore_rows(lambda _entry: (bytes.fromhex(kept["salt"]), kept["facts"]))
    assert restored.private_lost == []
    assert findings() == []


def test_altered_rows_are_put_right_and_strangers_removed(ids: list[UUID], append: Append) -> None:
    LedgerEntry.objects.filter(id=ids[0]).delete()
    LedgerPosition.objects.filter(position__in=[0, 3, 280]).delete()
    stranger = append(1)[0]
    place({0: stranger, 280: ids[3], 3: ids[280]})
    LedgerWaiting.objects.filter(id=stranger).delete()
    waiting = append(1)[0]
    restored = restore_rows()
    assert restored.removed == [stranger]
    assert findings() == []
    assert LedgerWaiting.objects.filter(id=waiting).exists()
    assert restore_rows().rows == 0


def test_rows_are_not_restored_from_damaged_files(ids: list[UUID], log: Path) -> None:
    path = log / "tile/entries/000"
    entries = list(unpack_entries(path.read_bytes()))
    entries[40] = json.dumps({"forged": True}).encode()
    path.write_bytes(pack_entries(entries))
    with pytest.raises(Conflict, match="ledger_damaged"):
        restore_rows()
