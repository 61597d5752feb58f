"""The chunk layout of every sealed file: C2SP chunked-encryption v1 with SM3 and SM4-GCM.

    salt (24) ‖ commitment (32) ‖ chunk 0 ‖ chunk 1 ‖ … ; each chunk is ciphertext ‖ tag (16).
    key (16) ‖ base nonce (12) ‖ commitment (32) = HKDF-Expand-SM3(input key,
        "c2sp.org/chunked-encryption@v1+" ‖ "AEAD_SM4_GCM" ‖ 0x00 ‖ salt ‖ context)

Every chunk holds 16 KiB except the last, which is always shorter (it may be empty): so a file cut at a chunk's edge
has no valid length, and a file extended has a full chunk where the short one was. The nonce is the base nonce XOR the
chunk's number, so chunks cannot change places.
"""

import hmac
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from yidang.crypto.sm import NONCE, TAG, hkdf_expand_sm3
from yidang.kernel.errors import Invalid

KEY = 16
SALT = 24
COMMITMENT = 32
HEADER = SALT + COMMITMENT
CHUNK = 16 * 1024
SEALED_CHUNK = CHUNK + TAG
_LABEL = b"c2sp.org/chunked-encryption@v1+AEAD_SM4_GCM\0"


def damaged() -> Invalid:
    return Invalid("content_damaged")


@dataclass(frozen=True, slots=True)
class FileKey:
    """What one file is sealed under: derived from its data key, its salt and its context."""

    algorithm: algorithms.SM4
    base_nonce: int
    header: bytes

    def nonce(self, number: int) -> bytes:
        return (self.base_nonce ^ number).to_bytes(NONCE, "big")

    def seal_chunk(self, number: int, plain: memoryview, into: memoryview) -> None:
        """`into` has room for the chunk and its tag."""
        encryptor = Cipher(self.algorithm, modes.GCM(self.nonce(number))).encryptor()
        encryptor.update_into(plain, into)
        encryptor.finalize()
        into[len(plain) : len(plain) + TAG] = encryptor.tag

    def open_chunk(self, number: int, sealed: memoryview, into: memoryview) -> None:
        """`into` has room for the chunk and 15 bytes more, which the engine asks for."""
        if len(sealed) < TAG:
            raise damaged()
        mode = modes.GCM(self.nonce(number), bytes(sealed[-TAG:]))
        decryptor = Cipher(self.algorithm, mode).decryptor()
        try:
            decryptor.update_into(sealed[:-TAG], into)
            decryptor.finalize()
        except InvalidTag:
            raise damaged() from None


def file_key(key: bytes, *, salt: bytes, context: bytes) -> FileKey:
    material = hkdf_expand_sm3(key, info=_LABEL + salt + context, length=KEY + NONCE + COMMITMENT)
    return FileKey(
        algorithm=algorithms.SM4(material[:KEY]),
        base_nonce=int.from_bytes(material[KEY : KEY + NONCE], "big"),
        header=salt + material[KEY + NONCE :],
    )


def file_key_of(header: bytes, *, key: bytes, context: bytes) -> FileKey:
    """The file key that a header commits to; a wrong key or context is told apart before anything is decrypted."""
    if len(header) != HEADER:
        raise damaged()
    found = file_key(key, salt=header[:SALT], context=context)
    if not hmac.compare_digest(found.header, header):
        raise damaged()
    return found


def sealed_size(plain_size: int) -> int:
    return HEADER + plain_size + TAG * (plain_size // CHUNK + 1)


def plain_size(sealed: int) -> int:
    """The only plaintext length that gives this sealed length; raises `content_damaged` when none does."""
    whole, rest = divmod(sealed - HEADER, SEALED_CHUNK)
    if sealed < HEADER or rest < TAG:
        raise damaged()
    return whole * CHUNK + rest - TAG


def seal_chunks(file: FileKey, plain: memoryview, *, first: int, last: bool) -> bytearray:
    """Seals consecutive chunks from number `first`; all are full unless `last`, when a short one closes them."""
    whole, rest = divmod(len(plain), CHUNK)
    size = whole * SEALED_CHUNK + (rest + TAG if last else 0)
    sealed = bytearray(size)
    into = memoryview(sealed)
    for index in range(whole + last):
        start = index * CHUNK
        file.seal_chunk(first + index, plain[start : start + CHUNK], into[index * SEALED_CHUNK :])
    return sealed


def open_chunks(file: FileKey, sealed: memoryview, *, first: int) -> bytearray:
    """Opens consecutive chunks from number `first`; only the last may be short."""
    count = -(-len(sealed) // SEALED_CHUNK)
    opened = bytearray(count * CHUNK + TAG)
    into = memoryview(opened)
    for index in range(count):
        start = index * SEALED_CHUNK
        file.open_chunk(first + index, sealed[start : start + SEALED_CHUNK], into[index * CHUNK :])
    into.release()
    del opened[len(sealed) - count * TAG :]
    return opened
