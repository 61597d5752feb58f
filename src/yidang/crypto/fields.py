"""Sealed database fields, and keyed digests by which a sealed value can still be found.

A sealed field: format (1 byte, 0x01) ‖ key version (2, big-endian) ‖ nonce (12) ‖ ciphertext ‖ tag (16).
Associated data: format ‖ key version ‖ then table, row and field, each as length (2, big-endian) ‖ UTF-8 bytes:
so a sealed value moved to another row or column no longer opens.
"""

import json
import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from yidang.crypto.keys import vault
from yidang.crypto.register import FIRST
from yidang.crypto.sm import NONCE, sm4_gcm_decrypt, sm4_gcm_encrypt, sm4_gcm_encrypting
from yidang.kernel.errors import Invalid

_FORMAT = b"\x01"
_HEADER = 3
_NONCES = 1000
INDEX_SIZE = 16


def seal_field(value: bytes, *, table: str, row: str, field: str) -> bytes:
    purpose = f"field/{table}"
    version = vault().current(purpose)
    header = _FORMAT + version.to_bytes(2, "big")
    nonce = secrets.token_bytes(NONCE)
    key = vault().cipher_key(purpose, version)
    return header + nonce + sm4_gcm_encrypt(key, nonce, value, _place(header, table, row, field))


def seal_fields(values: Iterable[tuple[str, bytes]], *, table: str, field: str) -> Iterator[bytes]:
    """One sealed field for each (row, value), in their order: what is the same for all of them is made once."""
    purpose = f"field/{table}"
    version = vault().current(purpose)
    header = _FORMAT + version.to_bytes(2, "big")
    encrypt = sm4_gcm_encrypting(vault().cipher_key(purpose, version))
    before, after = _place(header, table), _place(b"", field)
    nonces = _nonces()
    for row, value in values:
        nonce, name = next(nonces), row.encode()
        yield header + nonce + encrypt(nonce, value, before + len(name).to_bytes(2, "big") + name + after)


def _nonces() -> Iterator[bytes]:
    """Drawn many at a time: asking the system for each takes as long as half the encryption."""
    while drawn := secrets.token_bytes(NONCE * _NONCES):
        yield from (drawn[at : at + NONCE] for at in range(0, len(drawn), NONCE))


def open_field(sealed: bytes, *, table: str, row: str, field: str) -> bytes:
    """Raises Invalid `field_damaged` when the value was altered or belongs to another place."""
    sealed = bytes(sealed)  # the database driver hands out memoryviews
    header, nonce, body = sealed[:_HEADER], sealed[_HEADER : _HEADER + NONCE], sealed[_HEADER + NONCE :]
    if header[:1] != _FORMAT or len(nonce) != NONCE:
        raise Invalid("field_damaged", table=table, field=field)
    try:
        key = vault().cipher_key(f"field/{table}", int.from_bytes(header[1:], "big"))
        return sm4_gcm_decrypt(key, nonce, body, _place(header, table, row, field))
    except Invalid:
        raise Invalid("field_damaged", table=table, field=field) from None


def reseal_field(sealed: bytes, *, table: str, row: str, field: str) -> bytes:
    """The same value under the version that seals anew."""
    return seal_field(open_field(sealed, table=table, row=row, field=field), table=table, row=row, field=field)


def seal_json(value: Any, *, table: str, row: str, field: str) -> bytes:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return seal_field(text.encode(), table=table, row=row, field=field)


def open_json(sealed: bytes, *, table: str, row: str, field: str) -> Any:
    return json.loads(open_field(sealed, table=table, row=row, field=field))


def blind_index(kind: str, value: str) -> bytes:
    """16 bytes by which equal values of one kind are found, after their version's two from the second version on.

    The caller normalises the value first. Whoever looks for what others wrote asks for every one of `blind_forms`.
    """
    return _form(kind, value, vault().current(f"index/{kind}"))


def blind_forms(kind: str, value: str) -> list[bytes]:
    """The newest first, then those under which rows may still stand while indexes are made anew."""
    return [_form(kind, value, version) for version in vault().versions(f"index/{kind}")]


def _form(kind: str, value: str, version: int) -> bytes:
    digest = vault().keyed(f"index/{kind}", version).digest(value.encode())[:INDEX_SIZE]
    return digest if version == FIRST else version.to_bytes(2, "big") + digest


def content_digest(sm3_digest: bytes) -> bytes:
    """32 bytes by which the same file is recognised again, telling nothing to who lacks the key."""
    return vault().keyed("duplicates").digest(sm3_digest)


def _place(header: bytes, *names: str) -> bytes:
    encoded = (name.encode() for name in names)
    return header + b"".join(len(name).to_bytes(2, "big") + name for name in encoded)
