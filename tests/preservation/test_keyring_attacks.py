"""What whoever holds the disk does to the keyring is named by looking through the store."""

import shutil
from pathlib import Path

import pytest
from tests.preservation.builders import first
from tests.preservation.test_places import memory

from yidang.crypto.keyring import forget_keyrings, keyring, ring_path
from yidang.preservation import fixity, repository
from yidang.preservation.sealing import key_id


@pytest.fixture
def two(store: Path):
    """The objects, and the keyring of yesterday: before the second came and the third was destroyed."""
    old, gone = first(), first()
    repository.write_objects([old, gone])
    return old, gone


def expected(*objects) -> dict:
    return {one.object_id: memory(one.object_id) for one in objects}


def replay(home: Path, yesterday: Path) -> None:
    keyring().empty_log()
    for path in (home / "keyring").glob("keyring.sqlite3*"):
        path.unlink()
    shutil.copy(yesterday, ring_path(home, "main"))
    forget_keyrings()


def test_an_older_keyring_put_back_is_named(home: Path, two, tmp_path: Path):
    old, gone = two
    keyring().empty_log()
    shutil.copy(ring_path(home, "main"), tmp_path / "yesterday")
    repository.write_objects([new := first()])
    repository.purge(gone.object_id)
    remembered = expected(old, new) | {gone.object_id: {1: "0" * 128}}  # the ledger still knows of what was destroyed
    replay(home, tmp_path / "yesterday")
    found = {(one.code, one.facts["object_id"]) for one in fixity.verify_all(remembered)}
    assert ("key_missing", str(new.object_id)) in found
    assert ("key_without_content", str(gone.object_id)) in found
    assert not any(name == str(old.object_id) for _, name in found)


def test_swapped_keys_are_named(home: Path, two):
    one, other = (key_id(each.object_id, 1) for each in two)
    with keyring()._writing() as database:
        swap = "UPDATE data_key SET wrapped = (SELECT wrapped FROM data_key WHERE id = ?) WHERE id = ?"
        database.execute(swap, [one, other])
    found = {(each.code, each.facts["object_id"]) for each in fixity.verify_all(expected(*two))}
    assert found == {("key_damaged", str(two[1].object_id))}


def test_a_cut_keyring_is_named(home: Path, two):
    keyring().empty_log()
    path = ring_path(home, "main")
    whole = path.read_bytes()
    for beside in (home / "keyring").glob("keyring.sqlite3-*"):
        beside.unlink()
    path.write_bytes(whole[: len(whole) // 2])
    forget_keyrings()
    assert "keyring_damaged" in {one.code for one in fixity.verify_all(expected(*two))}
