"""The root key is sealed, moved, replaced and recovered without a moment in which the archive does not open."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from tests.contract import softhsm

from yidang.crypto import custody, keyring_backup, passphrases, rotation
from yidang.crypto.fields import blind_forms, blind_index, open_field, seal_field
from yidang.crypto.keyring import forget_keyrings, keyring
from yidang.crypto.keys import forget_keys, roots_of, vault
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, Unavailable

PASSPHRASE = "correct horse battery"
PLACE = {"table": "item", "row": "1", "field": "description"}


@pytest.fixture(autouse=True)
def passphrase_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "passphrase"
    path.write_text(PASSPHRASE + "\n")
    monkeypatch.setenv(passphrases.FILE_VARIABLE, str(path))
    return path


@pytest.fixture(autouse=True)
def keyrings_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """What other rooms have under these keys is tested with them."""
    monkeypatch.setattr(rotation, "_passes", rotation._passes[:1])


@pytest.fixture
def sealed(home: Path) -> tuple[dict[str, bytes], bytes, bytes]:
    return keyring().new_keys(["a/v1", "b/v1"]), seal_field(b"x", **PLACE), blind_index("name", "张三")


def restart() -> None:
    forget_keys()
    forget_keyrings()


def opens(sealed: tuple[dict[str, bytes], bytes, bytes]) -> bool:
    restart()
    keys, field, blind = sealed
    return (keyring().keys(list(keys)), open_field(field, **PLACE)) == (keys, b"x") and blind in blind_forms(
        "name", "张三"
    )


def finish(monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(minutes=5)
    monkeypatch.setattr(clock, "now", lambda: later)
    while rotation.advance():
        pass


def test_sealed_and_back(home: Path, sealed, passphrase_file: Path) -> None:
    custody.seal_root(PASSPHRASE)
    assert not (home / "keys/root.key").exists()
    assert opens(sealed)
    custody.seal_root("another long passphrase")
    with pytest.raises(Unavailable, match="root_passphrase_wrong"):
        opens(sealed)
    passphrase_file.write_text("another long passphrase")
    assert opens(sealed)
    custody.unseal_root()
    assert (home / "keys/root.key").stat().st_mode & 0o777 == 0o600
    assert not (home / "keys/root.sealed").exists()
    passphrase_file.unlink()
    assert opens(sealed)


@pytest.mark.parametrize("place", ["sealed", "pkcs11"])
def test_a_first_start_keeps_it_where_the_setting_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: object, place: str
) -> None:
    address = softhsm.token(tmp_path, monkeypatch) if place == "pkcs11" else place
    settings.YIDANG = dataclasses.replace(settings.YIDANG, home=tmp_path / "home", root_key=address)
    sealed = keyring().new_keys(["a/v1"]), seal_field(b"x", **PLACE), blind_index("name", "张三")
    assert not (tmp_path / "home/keys/root.key").exists()
    assert custody.kept().kept == address
    assert opens(sealed)


def test_a_systemd_credential(home: Path, sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    custody.seal_root(PASSPHRASE)
    monkeypatch.delenv(passphrases.FILE_VARIABLE)
    with pytest.raises(Unavailable, match="root_passphrase_missing"):
        opens(sealed)
    (tmp_path / "yidang-root-passphrase").write_text(PASSPHRASE)
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert opens(sealed)


def test_a_kill_between_new_and_old_place_leaves_the_archive_open(
    home: Path, sealed, monkeypatch: pytest.MonkeyPatch
) -> None:
    for cut in ("write", "tidy"):
        with monkeypatch.context() as patch:
            patch.setattr(type(roots_of(home)), cut, _cut)
            with pytest.raises(KeyboardInterrupt):
                custody.seal_root(PASSPHRASE)
        assert opens(sealed)
    custody.seal_root(PASSPHRASE)
    assert not (home / "keys/root.key").exists()
    assert opens(sealed)


def _cut(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("place", ["file", "sealed", "pkcs11"])
def test_a_new_root_key_takes_over(
    home: Path, sealed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    former = (home / "keys/root.key").read_text().split()[1]
    address = softhsm.token(tmp_path, monkeypatch) if place == "pkcs11" else place
    custody.replace_root(address, passphrase=PASSPHRASE)
    assert opens(sealed)
    assert not (home / "keys/root.key").exists()
    finish(monkeypatch)
    assert keyring().versions() == {2: 2}
    assert keyring().keys(["a/v1", "b/v1"]) == sealed[0]
    assert bytes.fromhex(former) not in b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file())
    assert former.encode() not in b"".join(p.read_bytes() for p in home.rglob("*") if p.is_file())
    restart()
    assert len(blind_index("name", "张三")) == len(sealed[2]) + 2  # with its version, under the new root key


def test_a_third_root_key_still_knows_the_first(home: Path, sealed, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        custody.replace_root("file")
        assert opens(sealed)
    assert [root.kept for root in roots_of(home).register().roots] == [
        "under:3",
        "under:3",
        "file",
    ]
    finish(monkeypatch)
    assert [root.number for root in roots_of(home).register().roots] == [1, 3]
    assert sorted(path.name for path in (home / "keys").glob("r*")) == [
        "register.json",
        "retired-1-under-3",
        "root-3.key",
    ]


@pytest.mark.parametrize("cut", ["retire", "write", "tidy"])
def test_a_kill_while_the_root_key_is_replaced(home: Path, sealed, monkeypatch: pytest.MonkeyPatch, cut: str) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(type(roots_of(home)), cut, _cut)
        with pytest.raises(KeyboardInterrupt):
            custody.replace_root("file")
    assert opens(sealed)
    custody.replace_root("file")
    assert opens(sealed)


def test_a_device_cannot_be_split(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault()
    custody.replace_root(softhsm.token(tmp_path, monkeypatch))
    with pytest.raises(Conflict, match="root_key_not_extractable"):
        custody.split(shares=3, needed=2)


def test_a_lost_root_key_comes_back_from_its_shares(home: Path, sealed) -> None:
    texts = [share.text() for share in custody.split(shares=5, needed=3)]
    with pytest.raises(Conflict, match="root_key_present"):
        custody.recover(texts[:3])
    (home / "keys/root.key").unlink()
    restart()
    assert custody.recover(texts[1:4]) == 1
    assert opens(sealed)


def test_a_lost_sealed_root_comes_back_sealed(home: Path, sealed) -> None:
    custody.replace_root("sealed", passphrase=PASSPHRASE)
    texts = [share.text() for share in custody.split(shares=2, needed=2)]
    (home / "keys/root-2.sealed").unlink()
    restart()
    custody.recover(texts, passphrase=PASSPHRASE)
    assert (home / "keys/root-2.sealed").exists()
    assert opens(sealed)


@pytest.mark.parametrize("rotated", [False, True])
def test_shares_of_another_archive_change_nothing(home: Path, sealed, rotated: bool) -> None:  # noqa: FBT001
    from yidang.crypto.shares import split_root

    if rotated:
        rotation.begin()
    texts = [share.text() for share in split_root(bytes(32), root=1, shares=2, needed=2)]
    (home / "keys/root.key").rename(home / "put away")
    restart()
    with pytest.raises(Invalid, match="shares_of_another_archive"):
        custody.recover(texts)
    assert not (home / "keys/root.key").exists()
    (home / "put away").rename(home / "keys/root.key")
    assert opens(sealed)


def test_a_backup_made_under_the_former_root_key_still_opens(home: Path, sealed, tmp_path: Path) -> None:
    keyring_backup.write(tmp_path / "old")
    custody.replace_root("file")
    restart()
    assert keyring_backup.check(tmp_path / "old").keys["main"] == 2
