"""The log's own signing keys: made once, sealed under the vault, in files of mode 600 at `home/ledger-keys`."""

from contextlib import suppress
from pathlib import Path

from yidang.crypto.durable import create_durably, replace_durably
from yidang.crypto.envelope import seal, unseal
from yidang.crypto.keys import vault_of
from yidang.crypto.signatures import Algorithm, SigningKey, generate, signing_key
from yidang.kernel.errors import Invalid, Unavailable

_PURPOSE = "ledger-signing"
ALGORITHMS = (Algorithm.ED25519, Algorithm.SM2)


def signing_keys(home: Path, *, may_create: bool) -> list[SigningKey]:
    """In the order of their lines. Raises Unavailable `ledger_key_missing` or `ledger_key_damaged`."""
    return [_key(home, algorithm, may_create=may_create) for algorithm in ALGORITHMS]


def _key(home: Path, algorithm: Algorithm, *, may_create: bool) -> SigningKey:
    path = _path(home, algorithm)
    if may_create and not path.exists():
        create_durably(path, _sealed(home, algorithm, generate(algorithm).private))
    try:
        sealed = path.read_bytes()
    except FileNotFoundError:
        raise Unavailable("ledger_key_missing", retryable=False, path=str(path)) from None
    for key in vault_of(home).opening_keys(_PURPOSE):
        with suppress(Invalid):
            return signing_key(algorithm, unseal(sealed, key=key, context=algorithm.encode()))
    raise Unavailable("ledger_key_damaged", retryable=False, path=str(path))


def outdated(home: Path) -> list[Algorithm]:
    """Whose keys are still sealed under a former version."""
    newest = vault_of(home).sealing_key(_PURPOSE)
    return [one for one in ALGORITHMS if _path(home, one).exists() and not _opens(home, one, newest)]


def seal_anew(home: Path, algorithm: Algorithm) -> None:
    key = _key(home, algorithm, may_create=False)
    replace_durably(_path(home, algorithm), _sealed(home, algorithm, key.private))


def _opens(home: Path, algorithm: Algorithm, key: bytes) -> bool:
    try:
        unseal(_path(home, algorithm).read_bytes(), key=key, context=algorithm.encode())
    except Invalid:
        return False
    return True


def _sealed(home: Path, algorithm: Algorithm, private: bytes) -> bytes:
    return seal(private, key=vault_of(home).sealing_key(_PURPOSE), context=algorithm.encode())


def _path(home: Path, algorithm: Algorithm) -> Path:
    return home / "ledger-keys" / f"{algorithm}.key"
