r"""Cosignatures: another's word that a checkpoint continues every earlier one it has seen (C2SP tlog-cosignature).

A line of it stands under a checkpoint as the log's own do:
`— name base64(key id (4) ‖ time (8, big-endian) ‖ signature (64))`. Signed is the checkpoint's text behind
"cosignature/v1\ntime <seconds since 1970>\n". Type byte of the key: 0x04 for Ed25519, and
0xFF ‖ "yidang.dev/sm2-cosignature/v1" for SM2, which has none assigned.
"""

import base64
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from yidang.crypto.signatures import SM2_POINT, Algorithm, SigningKey, verify
from yidang.kernel.errors import Invalid

TYPES = {Algorithm.ED25519: b"\x04", Algorithm.SM2: b"\xffyidang.dev/sm2-cosignature/v1"}
_LENGTHS = {Algorithm.ED25519: 32, Algorithm.SM2: SM2_POINT}
_DASH = "— "
_KEY_ID, _TIME, _SIGNATURE = 4, 8, 64
_LATEST = (1 << 63) - 1


@dataclass(frozen=True, slots=True)
class Cosigner:
    """A witness's public key under the witness's name."""

    name: str
    algorithm: Algorithm
    public: bytes

    @property
    def key_id(self) -> bytes:
        seen = self.name.encode() + b"\n" + TYPES[self.algorithm] + self.public
        return hashlib.sha256(seen).digest()[:_KEY_ID]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_base64(TYPES[self.algorithm] + self.public)}"


@dataclass(frozen=True, slots=True)
class Cosignature:
    """One line, read; whether it holds is for `holds` to say."""

    name: str
    key_id: bytes
    time: int
    signature: bytes

    def __str__(self) -> str:
        stamped = self.key_id + self.time.to_bytes(_TIME, "big") + self.signature
        return f"{_DASH}{self.name} {_base64(stamped)}"


def cosign(text: str, *, name: str, key: SigningKey, time: int) -> Cosignature:
    cosigner = Cosigner(name, key.algorithm, key.public)
    return Cosignature(name, cosigner.key_id, time, key.sign(_message(text, time)))


def holds(line: Cosignature, text: str, cosigner: Cosigner) -> bool:
    if (line.name, line.key_id) != (cosigner.name, cosigner.key_id):
        return False
    return verify(cosigner.algorithm, cosigner.public, _message(text, line.time), line.signature)


def valid_lines(lines: Iterable[str], text: str, cosigners: Iterable[Cosigner]) -> list[Cosignature]:
    """What holds of them, by the cosigners known; unknown and malformed lines are passed over, as the clause wants."""
    known = list(cosigners)
    read = [line for line in map(_readable, lines) if line is not None]
    return [line for line in read if any(holds(line, text, cosigner) for cosigner in known)]


def _readable(line: str) -> Cosignature | None:
    try:
        return parse_cosignature(line)
    except Invalid:
        return None


def parse_cosignature(line: str) -> Cosignature:
    """Raises Invalid `ledger_cosignature_malformed`."""
    try:
        name, encoded = line.removeprefix(_DASH).split(" ")
        raw = base64.b64decode(encoded, validate=True)
    except ValueError:
        raise Invalid("ledger_cosignature_malformed") from None
    time = int.from_bytes(raw[_KEY_ID : _KEY_ID + _TIME], "big")
    found = Cosignature(name, raw[:_KEY_ID], time, raw[_KEY_ID + _TIME :])
    is_sized = len(raw) == _KEY_ID + _TIME + _SIGNATURE and time <= _LATEST
    if not (is_sized and is_name(name) and str(found) == line):
        raise Invalid("ledger_cosignature_malformed")
    return found


def parse_cosigner(text: str) -> Cosigner:
    """`name+<key id in hex>+base64(type ‖ public key)`. Raises Invalid `ledger_public_key_malformed`."""
    try:
        name, _key_id, encoded = text.split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
    except ValueError:
        raise Invalid("ledger_public_key_malformed") from None
    for algorithm, kind in TYPES.items():
        if raw.startswith(kind) and len(raw) == len(kind) + _LENGTHS[algorithm] and is_name(name):
            found = Cosigner(name, algorithm, raw.removeprefix(kind))
            if str(found) == text:
                return found
    raise Invalid("ledger_public_key_malformed")


def is_name(name: str) -> bool:
    """A key's name by the signed-note clause: not blank, no white space, no plus, nothing that breaks a line."""
    return bool(name) and name.isprintable() and not any(sign.isspace() or sign == "+" for sign in name)


def _message(text: str, time: int) -> bytes:
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
