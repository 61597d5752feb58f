"""The key tables' copies: consistent, sealed, short-lived, and never the way back of what was destroyed."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from yidang.crypto import keyring_backup
from yidang.crypto.keyring import SENSITIVE, forget_keyrings, keyring
from yidang.crypto.keys import forget_keys
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound


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
    assert found.keys == {"main": 2, "sensitive": 1}


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
