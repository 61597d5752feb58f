"""The root key is made once, guarded, and never replaced in silence."""

from pathlib import Path

import pytest

from yidang.crypto.keyring import keyring
from yidang.crypto.keys import forget_keys, vault
from yidang.kernel.errors import Unavailable


def restart() -> None:
    forget_keys()


def test_the_same_keys_after_a_restart(home: Path) -> None:
    first = vault().derive("staging")
    restart()
    assert vault().derive("staging") == first


def test_a_key_for_each_purpose_version_and_cipher(home: Path) -> None:
    keys = [vault().derive("a"), vault().derive("b"), vault().derive("a", version=2)]
    assert len({*keys, keys[0][:16], vault().cipher_key("a")}) == 5


def test_the_root_key_file_is_private(home: Path) -> None:
    vault()
    assert (home / "keys/root.key").stat().st_mode & 0o777 == 0o600
    (home / "keys/root.key").chmod(0o644)
    restart()
    with pytest.raises(Unavailable, match="root_key_exposed"):
        vault()


@pytest.mark.parametrize("text", ["", "yidang-root-key-v1\nzz\n00000000\n", "yidang-root-key-v1\n00\n00000000\n"])
def test_a_damaged_root_key_is_refused(home: Path, text: str) -> None:
    vault()
    (home / "keys/root.key").write_text(text)
    restart()
    with pytest.raises(Unavailable, match="root_key_damaged"):
        vault()


def test_a_mistyped_digit_is_noticed(home: Path) -> None:
    vault()
    path = home / "keys/root.key"
    title, digits, check = path.read_text().split()
    path.write_text(f"{title}\n{digits[::-1]}\n{check}\n")
    restart()
    with pytest.raises(Unavailable, match="root_key_damaged"):
        vault()


def test_a_lost_root_key_is_not_replaced_once_something_is_sealed(home: Path) -> None:
    keyring().new_keys(["a/v1"])
    (home / "keys/root.key").unlink()
    restart()
    with pytest.raises(Unavailable, match="root_key_missing"):
        vault()
