"""The log's own signing keys: made once, sealed under the vault, in files of mode 600 at `home/ledger-keys`."""

from pathlib import Path

from yidang.crypto.durable import create_durably
from yidang.crypto.envelope import seal, unseal
from yidang.crypto.keys import vault_of
from yidang.crypto.signatures import Algorithm, SigningKey, generate, signing_key
from yidang.kernel.errors import Invalid, Unavailable

ALGORITHMS = (Algorithm.ED25519, Algorithm.SM2)


def signing_keys(home: Path, *, may_create: bool) -> list[SigningKey]:
    """In the order of their lines. Raises Unavailable `ledger_key_missing` or `ledger_key_damaged`."""
    return [_key(home, algorithm, may_create=may_create) for algorithm in ALGORITHMS]


def _key(home: Path, algorithm: Algorithm, *, may_create: bool) -> SigningKey:
    path = home / "ledger-keys" / f"{algorithm}.key"
    sealing = vault_of(home).cipher_key("ledger-signing")
    if may_create and not path.exists():
        fresh = generate(algorithm)
        create_durably(path, seal(fresh.private, key=sealing, context=algorithm.encode()))
    try:
        return signing_key(algorithm, unseal(path.read_bytes(), key=sealing, context=algorithm.encode()))
    except FileNotFoundError:
        raise Unavailable("ledger_key_missing", retryable=False, path=str(path)) from None
    except Invalid:
        raise Unavailable("ledger_key_damaged", retryable=False, path=str(path)) from None
