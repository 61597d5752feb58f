"""Statements are signed with the log's own Ed25519 key: whoever trusts the log has all it takes to check them.

A statement cannot be taken for a checkpoint nor the other way round: what is signed begins with CBOR here, with the
log's name there. The SM2 signature comes with the checkpoint over the entry that holds the statement's digest.
"""

from django.conf import settings

from yidang.crypto.signatures import Algorithm, SigningKey
from yidang.ledger.notes import PublicKey
from yidang.ledger.sequencing import ledger_folder
from yidang.ledger.signing import signing_keys
from yidang.ledger.statements.cose import Sign1


def sign(payload: bytes) -> bytes:
    """A COSE_Sign1. Raises Unavailable `ledger_key_missing` or `ledger_key_damaged`."""
    key = _key()
    unsigned = Sign1(PublicKey(ledger_folder().origin, key.algorithm, key.public).key_id, payload)
    return Sign1(unsigned.key_id, payload, key.sign(unsigned.signed)).encode()


def trusted() -> dict[bytes, bytes]:
    """Key id → Ed25519 public key of this archive's log."""
    return by_id(ledger_folder().public_keys())


def by_id(keys: list[PublicKey]) -> dict[bytes, bytes]:
    return {key.key_id: key.public for key in keys if key.algorithm is Algorithm.ED25519}


def _key() -> SigningKey:
    keys = signing_keys(settings.YIDANG.home, may_create=False)
    return next(key for key in keys if key.algorithm is Algorithm.ED25519)
