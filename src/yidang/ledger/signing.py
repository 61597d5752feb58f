"""The log's own signing keys: made once, sealed under the vault, in files of mode 600 at `home/ledger-keys`."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from yidang.crypto.durable import create_durably, replace_durably
from yidang.crypto.envelope import seal, unseal
from yidang.crypto.keys import vault_of
from yidang.crypto.signatures import Algorithm, SigningKey, generate, signing_key
from yidang.kernel.errors import Invalid, Unavailable

_PURPOSE = "ledger-signing"
ALGORITHMS = (Algorithm.ED25519, Algorithm.SM2)
CHAIN = "evm"  # the account that anchors on a chain, where there is one


def signing_keys(home: Path, *, may_create: bool) -> list[SigningKey]:
    """In the order of their lines. Raises Unavailable `ledger_key_missing` or `ledger_key_damaged`."""
    return [_key(home, algorithm, may_create=may_create) for algorithm in ALGORITHMS]


def _key(home: Path, algorithm: Algorithm, *, may_create: bool) -> SigningKey:
    private = private_of(home, algorithm, make=lambda: generate(algorithm).private if may_create else None)
    return signing_key(algorithm, private)


def private_of(home: Path, name: str, *, make: Callable[[], bytes | None]) -> bytes:
    """The private key of that name, unsealed; made when there is none and `make` gives one.

    Raises Unavailable `ledger_key_missing` or `ledger_key_damaged`.
    """
    path = _path(home, name)
    fresh = None if path.exists() else make()
    if fresh is not None:
        create_durably(path, _sealed(home, name, fresh))
    try:
        sealed = path.read_bytes()
    except FileNotFoundError:
        raise Unavailable("ledger_key_missing", retryable=False, path=str(path)) from None
    for key in vault_of(home).opening_keys(_PURPOSE):
        with suppress(Invalid):
            return unseal(sealed, key=key, context=name.encode())
    raise Unavailable("ledger_key_damaged", retryable=False, path=str(path))


def outdated(home: Path) -> list[str]:
    """Whose keys are still sealed under a former version."""
    newest = vault_of(home).sealing_key(_PURPOSE)
    standing = sorted(path.stem for path in (home / "ledger-keys").glob("*.key"))
    return [one for one in standing if not _opens(home, one, newest)]


def seal_anew(home: Path, name: str) -> None:
    private = private_of(home, name, make=lambda: None)
    replace_durably(_path(home, name), _sealed(home, name, private))


def _opens(home: Path, name: str, key: bytes) -> bool:
    try:
        unseal(_path(home, name).read_bytes(), key=key, context=name.encode())
    except Invalid:
        return False
    return True


def _sealed(home: Path, name: str, private: bytes) -> bytes:
    return seal(private, key=vault_of(home).sealing_key(_PURPOSE), context=name.encode())


def _path(home: Path, name: str) -> Path:
    return home / "ledger-keys" / f"{name}.key"
