"""Checkpoints as C2SP signed notes: text, blank line, one line for each signature.

    <origin>
    <size, decimal>
    <root, base64>

    — <origin> base64(key id (4) ‖ Ed25519 signature (64))
    — <origin> base64(key id (4) ‖ SM2 signature r ‖ s (64))

Key id: the first four bytes of SHA-256(name ‖ 0x0A ‖ type ‖ public key); type 0x01 for Ed25519, and
0xFF ‖ "yidang.dev/sm2-with-sm3/v1" for SM2, which has no byte assigned. A public key is written as
`name+<key id in hex>+base64(type ‖ public key)`, one to a line.
"""

import base64
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from yidang.crypto.signatures import Algorithm, SigningKey, verify
from yidang.crypto.sm import DIGEST
from yidang.kernel.errors import Invalid

_TYPES = {Algorithm.ED25519: b"\x01", Algorithm.SM2: b"\xffyidang.dev/sm2-with-sm3/v1"}
_DASH = "— "
_KEY_ID = 4


@dataclass(frozen=True, slots=True)
class PublicKey:
    name: str
    algorithm: Algorithm
    public: bytes

    @property
    def key_id(self) -> bytes:
        seen = self.name.encode() + b"\n" + _TYPES[self.algorithm] + self.public
        return hashlib.sha256(seen).digest()[:_KEY_ID]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_base64(_TYPES[self.algorithm] + self.public)}"

    def verifies(self, note: "Checkpoint") -> bool:
        """True only when the note has this key's line and it holds."""
        for name, key_id, signature in note.signatures:
            if name == self.name and key_id == self.key_id:
                return verify(self.algorithm, self.public, note.text.encode(), signature)
        return False


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A tree head: how long the log is and what its root is, with the signatures over that."""

    origin: str
    size: int
    root: bytes
    signatures: tuple[tuple[str, bytes, bytes], ...]
    note: str

    @property
    def text(self) -> str:
        return checkpoint_text(self.origin, self.size, self.root)


def checkpoint_text(origin: str, size: int, root: bytes) -> str:
    return f"{origin}\n{size}\n{_base64(root)}\n"


def sign_checkpoint(origin: str, size: int, root: bytes, keys: Iterable[SigningKey]) -> Checkpoint:
    return parse_checkpoint(signed_note(origin, checkpoint_text(origin, size, root), keys))


def signed_note(signer: str, text: str, keys: Iterable[SigningKey]) -> str:
    """`text` ends with its line; whatever is no checkpoint begins with another line than the log's origin."""
    return text + "\n" + "".join(_signature_line(signer, key, text) for key in keys)


def _signature_line(name: str, key: SigningKey, text: str) -> str:
    public = PublicKey(name, key.algorithm, key.public)
    return f"{_DASH}{name} {_base64(public.key_id + key.sign(text.encode()))}\n"


def parse_checkpoint(note: str) -> Checkpoint:
    """Raises Invalid `ledger_checkpoint_malformed`."""
    try:
        text, lines = note.split("\n\n")
        origin, size, root, end = text.split("\n") if text.endswith("\n") else [*text.split("\n"), ""]
        found = Checkpoint(origin, int(size), base64.b64decode(root, validate=True), tuple(_signatures(lines)), note)
    except ValueError:
        raise Invalid("ledger_checkpoint_malformed") from None
    is_canonical = note == f"{found.text}\n{lines}" and len(found.root) == DIGEST and not end
    if not (is_canonical and lines.endswith("\n") and found.size >= 0):
        raise Invalid("ledger_checkpoint_malformed")
    return found


def _signatures(lines: str) -> Iterator[tuple[str, bytes, bytes]]:
    for line in lines.splitlines():
        if not line.startswith(_DASH):
            raise ValueError(line)
        name, encoded = line.removeprefix(_DASH).split(" ")
        raw = base64.b64decode(encoded, validate=True)
        yield name, raw[:_KEY_ID], raw[_KEY_ID:]


def parse_history(text: str) -> Iterator[str]:
    """The notes of a file of notes, each parted from the next by a blank line."""
    parts = text.split("\n\n")
    for body, lines in zip(parts[::2], parts[1::2], strict=False):
        yield f"{body}\n\n{lines}".rstrip("\n") + "\n"


def parse_public_keys(text: str) -> list[PublicKey]:
    """Raises Invalid `ledger_public_key_malformed`."""
    return [_public_key(line) for line in text.splitlines() if line]


def _public_key(line: str) -> PublicKey:
    try:
        name, key_id, encoded = line.split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
    except ValueError:
        raise Invalid("ledger_public_key_malformed") from None
    for algorithm, kind in _TYPES.items():
        if raw.startswith(kind):
            found = PublicKey(name, algorithm, raw.removeprefix(kind))
            if found.key_id.hex() == key_id:
                return found
    raise Invalid("ledger_public_key_malformed")


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
