"""The key tables' copies: consistent, sealed, short-lived, and never the way back of what was destroyed."""

import dataclasses
import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from tests.contract import softhsm

from yidang.crypto import custody, keyring_backup, rotation
from yidang.crypto.adapters.key_file import write_key_file
from yidang.crypto.fields import blind_forms, open_field, seal_field
from yidang.crypto.keyring import SENSITIVE, forget_keyrings, keyring
from yidang.crypto.keys import forget_keys
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound, Unavailable

PLACE = {"table": "item", "row": "1", "field": "description"}


def lose_the_keyrings(home: Path) -> None:
    shutil.rmtree(home / "keyring")
    forget_keys()
    forget_keyrings()


@pytest.fixture
def copy(home: Path, tmp_path: Path) -> Path:
    keyring().new_keys(["a/v1", "b/v1"])
    keyring(SENSITIVE).new_keys(["s/v1"])
    keyring_backup.write(tmp_path / "apart/keys.bak")
    return tmp_path / "apart/keys.bak"


def test_both_rings_come_back(home: Path, copy: Path) -> None:
    before = keyring().keys(["a/v1", "b/v1"]), keyring(SENSITIVE).key("s/v1")
    lose_the_keyrings(home)
    keyring_backup.restore(copy)
    assert (keyring().keys(["a/v1", "b/v1"]), keyring(SENSITIVE).key("s/v1")) == before
    assert keyring().new_keys(["c/v1"])


def test_writers_go_on_while_it_is_made(home: Path, copy: Path, tmp_path: Path) -> None:
    with keyring()._writing() as database:
        database.execute("INSERT INTO data_key VALUES ('half', 1, x'00')")
        found = keyring_backup.check(copy)
    assert found.keys == {"main": 2, "sensitive": 1, "cold": 0}


def test_what_was_destroyed_since_does_not_come_back(home: Path, copy: Path) -> None:
    keyring().delete(["a/v1"])
    lose_the_keyrings(home)
    keyring_backup.restore(copy, forget=["a/v1"])
    with pytest.raises(NotFound, match="key_missing"):
        keyring().key("a/v1")
    assert keyring().key("b/v1")


def test_destruction_is_complete_when_the_last_copy_has_expired(home: Path, copy: Path, tmp_path: Path) -> None:
    later = keyring_backup.write(tmp_path / "second", days=7)
    first = keyring_backup.read_head(copy)
    assert keyring_backup.latest_expiry() == first.expires_at
    assert [one for one, _ in keyring_backup.living()] == [later.id, first.id]
    after = later.expires_at + timedelta(seconds=1)
    assert keyring_backup.expired(after) == [later.id]
    for one in (later.id, first.id):
        keyring_backup.removed(one)
    assert keyring_backup.latest_expiry() is None


def test_no_copy_lives_longer_than_thirty_days(home: Path, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="keyring_backup_days"):
        keyring_backup.write(tmp_path / "x", days=31)


def test_an_expired_copy_is_put_back_only_when_asked_to(
    home: Path, copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = clock.now() + timedelta(days=31)
    monkeypatch.setattr(clock, "now", lambda: now)
    with pytest.raises(Conflict, match="keyring_backup_expired"):
        keyring_backup.restore(copy)
    assert keyring_backup.restore(copy, accept_expired=True)


@pytest.mark.parametrize("place", [5, 40, 300, -1])
def test_an_altered_copy_is_refused(home: Path, copy: Path, place: int) -> None:
    whole = bytearray(copy.read_bytes())
    whole[place] ^= 1
    copy.write_bytes(whole)
    with pytest.raises(Invalid, match="keyring_backup_damaged"):
        keyring_backup.check(copy)


def test_a_cut_copy_is_refused(home: Path, copy: Path) -> None:
    whole = copy.read_bytes()
    copy.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(Invalid, match="keyring_backup_damaged"):
        keyring_backup.restore(copy)


def test_no_wrapped_key_stands_in_the_copy(home: Path, copy: Path) -> None:
    rows = keyring()._select("SELECT id, wrap_version, wrapped FROM data_key WHERE id IN ({})", ["a/v1", "b/v1"])
    assert all(wrapped not in copy.read_bytes() for _, _, wrapped in rows)


@pytest.mark.parametrize("name", ["root.key", "root-3.key"])
def test_all_is_lost_but_the_root_key_that_replaced_others(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whoever lays it back need not know its number."""
    monkeypatch.setattr(rotation, "_passes", rotation._passes[:1])
    keys = keyring().new_keys(["a/v1"])
    for _ in range(2):
        custody.replace_root("file")
    name_digests = blind_forms("name", "张三")
    field = seal_field(b"x", **PLACE)
    keyring_backup.write(tmp_path / "apart")
    (home / "keys/root-3.key").rename(tmp_path / "safe")
    lose_everything(home)
    (home / "keys").mkdir(parents=True)
    shutil.copy2(tmp_path / "safe", home / "keys" / name)
    keyring_backup.restore(tmp_path / "apart")
    assert (keyring().keys(["a/v1"]), blind_forms("name", "张三")) == (keys, name_digests)
    assert open_field(field, **PLACE) == b"x"
    assert sorted(path.name for path in (home / "keys").glob("ro*")) == ["root-3.key"]


def test_all_is_lost_but_the_shares(home: Path, tmp_path: Path) -> None:
    keys = keyring().new_keys(["a/v1"])
    custody.replace_root("file")
    texts = [share.text() for share in custody.split(shares=3, needed=2)]
    keyring_backup.write(tmp_path / "apart")
    lose_everything(home)
    assert custody.recover(texts[1:]) == 2
    keyring_backup.restore(tmp_path / "apart")
    assert keyring().keys(["a/v1"]) == keys


def test_the_device_is_all_that_was_left(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings) -> None:
    keys = keyring().new_keys(["a/v1"])
    address = softhsm.token(tmp_path, monkeypatch)
    custody.replace_root(address)
    keyring_backup.write(tmp_path / "apart")
    lose_everything(home)
    settings.YIDANG = dataclasses.replace(settings.YIDANG, root_key=address)
    keyring_backup.restore(tmp_path / "apart")
    assert keyring().keys(["a/v1"]) == keys
    assert custody.kept().kept == address


def test_another_root_key_opens_nothing_and_moves_nothing(home: Path, tmp_path: Path) -> None:
    keyring().new_keys(["a/v1"])
    custody.replace_root("file")
    keyring_backup.write(tmp_path / "apart")
    lose_everything(home)
    with pytest.raises(Unavailable, match="root_key_missing"):
        keyring_backup.restore(tmp_path / "apart")
    write_key_file(home / "keys/root.key", bytes(32))
    with pytest.raises(Invalid, match="keyring_backup_damaged"):
        keyring_backup.restore(tmp_path / "apart")
    assert [path.name for path in (home / "keys").iterdir()] == ["root.key"]


def lose_everything(home: Path) -> None:
    shutil.rmtree(home)
    forget_keys()
    forget_keyrings()
