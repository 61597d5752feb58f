"""The archive's own key: family `credit`, turned over apart from the others, and digests nobody else can compute.

A sealed number: format (1 byte, 0x01) ‖ key version (2, big-endian) ‖ nonce (12) ‖ ciphertext (18) ‖ tag (16), bound
to its subject. Exactly 49 bytes, because nothing but an ID number is ever sealed here.
"""

import secrets
from uuid import UUID

from yidang.crypto.keys import vault
from yidang.crypto.sm import NONCE, sm4_gcm_decrypt, sm4_gcm_encrypt
from yidang.kernel.errors import Invalid
from yidang.kernel.resident_id import check_digit, is_valid, normalise

SEALED_SIZE = 49
MARK_SIZE = 16
FAMILY = "credit"
_PURPOSE = "credit/subject"
_FORMAT = b"\x01"
_HEADER = 3
_OLD_LENGTH = 15


def plain_id(number: str) -> str:
    """18 characters, an old number of 15 made long. Raises Invalid `credit_id_number`."""
    found = normalise(number)
    if not is_valid(found):
        raise Invalid("credit_id_number")
    if len(found) == _OLD_LENGTH:
        found = found[:6] + "19" + found[6:]
        found += check_digit(found)
    return found


def seal_id(number: str, subject: UUID) -> bytes:
    version = vault().current(FAMILY)
    header = _FORMAT + version.to_bytes(2, "big")
    nonce = secrets.token_bytes(NONCE)
    key = vault().cipher_key(_PURPOSE, version)
    return header + nonce + sm4_gcm_encrypt(key, nonce, plain_id(number).encode(), header + subject.bytes)


def open_id(sealed: bytes, subject: UUID) -> str:
    """Raises Invalid `field_damaged`."""
    value = bytes(sealed)
    header, nonce, body = value[:_HEADER], value[_HEADER : _HEADER + NONCE], value[_HEADER + NONCE :]
    key = vault().cipher_key(_PURPOSE, int.from_bytes(header[1:], "big"))
    return sm4_gcm_decrypt(key, nonce, body, header + subject.bytes).decode()


def mark(kind: str, value: str) -> bytes:
    """By which a subject is found again; `kind` is `id`, `code` or `index`."""
    return vault().keyed(f"credit-index/{kind}").digest(value.encode())[:MARK_SIZE]
