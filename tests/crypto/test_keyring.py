"""The keyring keeps, gives back and destroys data keys, for many processes at once."""

import multiprocessing
import sqlite3
from pathlib import Path

import pytest

from yidang.crypto.keyring import Keyring, keyring
from yidang.crypto.keys import vault_of
from yidang.kernel.errors import Invalid, NotFound, Unavailable

FILE = "keyring/keyring.sqlite3"


def another_process(home: Path) -> Keyring:
    return Keyring(home / FILE, vault_of(home))


def test_asking_again_gives_the_same_key(home: Path) -> None:
    first = keyring().new_keys(["a/v1", "b/v1"])
    again = another_process(home).new_keys(["b/v1", "c/v1"])
    assert again["b/v1"] == first["b/v1"]
    assert len({*first.values(), *again.values()}) == 3
    assert all(len(key) == 16 for key in first.values())
    assert list(keyring().ids()) == ["a/v1", "b/v1", "c/v1"]


def test_a_batch_larger_than_a_query(home: Path) -> None:
    ids = [f"{number:05d}/v1" for number in range(1201)]
    keys = keyring().new_keys(ids)
    assert list(keys) == ids
    assert keyring().keys(ids) == keys


def test_a_deleted_key_is_gone_from_the_disk(home: Path) -> None:
    keyring().new_keys(["keep/v1", "gone/v1"])
    wrapped = wrapped_bytes(home, "gone/v1")
    keyring().delete(["gone/v1"])
    with pytest.raises(NotFound, match="key_missing"):
        keyring().key("gone/v1")
    left = b"".join(path.read_bytes() for path in (home / "keyring").iterdir())
    assert wrapped not in left
    assert wrapped_bytes(home, "keep/v1") in left


def wrapped_bytes(home: Path, key_id: str) -> bytes:
    with sqlite3.connect(home / FILE) as database:
        found: bytes = database.execute("SELECT wrapped FROM data_key WHERE id = ?", [key_id]).fetchone()[0]
    database.close()
    return found


def test_no_key_stands_in_clear(home: Path) -> None:
    key = keyring().new_keys(["a/v1"])["a/v1"]
    assert all(key not in path.read_bytes() for path in home.rglob("*") if path.is_file())


@pytest.mark.parametrize("change", ["wrapped = x'00'", "wrapped = zeroblob(44)", "id = 'b/v1'"])
def test_a_damaged_or_moved_key_is_named(home: Path, change: str) -> None:
    keyring().new_keys(["a/v1"])
    with sqlite3.connect(home / FILE) as database:
        database.execute(f"UPDATE data_key SET {change}")
    database.close()
    with pytest.raises(Invalid, match="key_damaged"):
        keyring().key("b/v1" if "id" in change else "a/v1")


def test_a_damaged_file_is_named(home: Path) -> None:
    keyring().new_keys(["a/v1"])
    other = another_process(home)
    (home / FILE).write_bytes(b"not a database" * 300)
    (home / (FILE + "-wal")).unlink(missing_ok=True)
    with pytest.raises(Unavailable, match="keyring_damaged"):
        other.key("a/v1")


def _ask(home: Path, name: str, answers: "multiprocessing.Queue[dict[str, bytes]]") -> None:
    found = another_process(home).new_keys([f"{number}/v1" for number in range(200)] + [name])
    answers.put(found)


def test_many_processes_agree(home: Path) -> None:
    keyring()
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    processes = [context.Process(target=_ask, args=(home, f"own{number}", answers)) for number in range(4)]
    for process in processes:
        process.start()
    found = [answers.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    shared = [{key_id: key for key_id, key in keys.items() if "own" not in key_id} for keys in found]
    assert all(keys == shared[0] for keys in shared)


def test_a_connection_is_not_carried_into_a_child(home: Path) -> None:
    ring = keyring()
    ring.new_keys(["a/v1"])
    context = multiprocessing.get_context("fork")
    answers = context.Queue()
    child = context.Process(target=lambda: answers.put(ring.new_keys(["a/v1", "b/v1"])))
    child.start()
    found = answers.get(timeout=60)
    child.join()
    assert found["a/v1"] == ring.key("a/v1")
    assert found["b/v1"] == ring.key("b/v1")
