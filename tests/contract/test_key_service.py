"""What every keeper of a root key must do, asked of each."""

import subprocess
import sys
from pathlib import Path

import pytest
from tests.contract import softhsm

from yidang.crypto.adapters.key_file import KeyFile
from yidang.crypto.adapters.pkcs11 import Token
from yidang.crypto.adapters.sealed_file import SealedFile, write_sealed_file
from yidang.crypto.ports import KeyService
from yidang.kernel.errors import Invalid, Unavailable

PASSPHRASE = "correct horse battery"
ROOT = bytes(range(32))


@pytest.fixture(params=["file", "sealed", "pkcs11"])
def opened(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A function that opens one root key again and again."""
    if request.param == "file":
        KeyFile(tmp_path / "root.key", may_create=True)
        return lambda: KeyFile(tmp_path / "root.key", may_create=False)
    if request.param == "sealed":
        write_sealed_file(tmp_path / "root.sealed", ROOT, PASSPHRASE)
        return lambda: SealedFile(tmp_path / "root.sealed", PASSPHRASE)
    address = softhsm.token(tmp_path, monkeypatch)
    Token(address).create()
    return lambda: Token(address)


def test_the_same_label_gives_the_same_key(opened) -> None:
    first: KeyService = opened()
    assert first.derive(b"wrap/sm4/v1", 16) == first.derive(b"wrap/sm4/v1", 16) == opened().derive(b"wrap/sm4/v1", 16)


def test_labels_and_lengths_give_keys_apart(opened) -> None:
    service = opened()
    keys = {service.derive(label, length) for label in (b"a", b"b", b"") for length in (16, 32, 60)}
    assert len(keys) == 9
    assert sorted({len(key) for key in keys}) == [16, 32, 60]


def test_two_roots_have_nothing_in_common(opened, tmp_path: Path) -> None:
    other = KeyFile(tmp_path / "other.key", may_create=True)
    assert opened().derive(b"a", 32) != other.derive(b"a", 32)


def test_it_gives_the_root_itself_or_says_that_it_cannot(opened) -> None:
    secret = opened().secret()
    assert secret is None or len(secret) == 32
    assert (secret is None) == isinstance(opened(), Token)


def test_a_root_in_a_device_is_made_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    token = Token(softhsm.token(tmp_path, monkeypatch))
    token.create()
    before = token.derive(b"a", 16)
    token.create()
    assert token.derive(b"a", 16) == before


def test_the_device_lets_the_root_out_to_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pkcs11

    token = Token(softhsm.token(tmp_path, monkeypatch))
    token.create()

    def value(session, _engine) -> bytes:
        key = session.get_key(object_class=pkcs11.ObjectClass.SECRET_KEY, label="yidang-root")
        return key[pkcs11.Attribute.VALUE]

    with pytest.raises(Unavailable, match="root_token_missing"):
        token._asked(value)


def test_a_missing_device_or_key_or_pin_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = softhsm.token(tmp_path, monkeypatch)
    for wrong, code in (
        (address.replace("token=Yidang", "token=Other"), "root_token_missing"),
        (address.replace("libsofthsm2.so", "nowhere.so"), "root_token_missing"),
        (address, "root_key_missing"),  # no key was made in it yet
        (address + "x", "root_passphrase_unreadable"),
    ):
        with pytest.raises(Unavailable, match=code):
            Token(wrong).derive(b"a", 16)
    (tmp_path / "softhsm/pin").write_text("0000\n")
    with pytest.raises(Unavailable, match="root_pin_wrong"):
        Token(address).derive(b"a", 16)


@pytest.mark.parametrize("address", ["pkcs11:", "pkcs11:token=a", "pkcs11:token=a;object=b?module-path=c", "x"])
def test_an_incomplete_address_is_refused(address: str) -> None:
    with pytest.raises(Invalid, match="root_token_address"):
        Token(address)


def test_a_wrong_passphrase_opens_nothing(tmp_path: Path) -> None:
    write_sealed_file(tmp_path / "root.sealed", ROOT, PASSPHRASE)
    assert SealedFile(tmp_path / "root.sealed", PASSPHRASE).secret() == ROOT
    for wrong in ("", PASSPHRASE + " ", PASSPHRASE.upper()):
        with pytest.raises(Unavailable, match="root_passphrase_wrong"):
            SealedFile(tmp_path / "root.sealed", wrong)


@pytest.mark.parametrize("line", [0, 1, 2])
def test_an_altered_sealed_file_is_refused(tmp_path: Path, line: int) -> None:
    path = tmp_path / "root.sealed"
    write_sealed_file(path, ROOT, PASSPHRASE)
    lines = path.read_text().splitlines()
    lines[line] = lines[line].replace("1", "2") if line else lines[line] + "x"
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(Unavailable, match=r"root_passphrase_wrong|root_key_damaged"):
        SealedFile(path, PASSPHRASE)


def test_a_sealed_file_cannot_ask_for_endless_work(tmp_path: Path) -> None:
    path = tmp_path / "root.sealed"
    write_sealed_file(path, ROOT, PASSPHRASE)
    path.write_text(path.read_text().replace('"n": 65536', '"n": 1073741824'))
    with pytest.raises(Unavailable, match="root_key_damaged"):
        SealedFile(path, PASSPHRASE)


def test_a_short_passphrase_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="root_passphrase_short"):
        write_sealed_file(tmp_path / "root.sealed", ROOT, "short")


def test_the_engine_is_loaded_only_where_a_device_is_used() -> None:
    code = "import sys, yidang.crypto.keys; sys.exit('pkcs11' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
