"""Checks a ledger of Yidang without Yidang: this one file, plain Python 3.9 or later, and the exported folder.

    python verifier.py FOLDER [--keys FILE] [--proof FILE [--page FILE]] [--every-signature] [--json]
                       [--witness KEY|FILE … --needed K] [--known FILE …] [--tsa-ca FILE] [--chain URL]

1. The folder says what it is: format, origin, hash algorithm.
2. Public keys: those given with --keys, else those in the folder, which only prove that the folder agrees with itself.
3. The newest checkpoint is signed with both keys, Ed25519 and SM2.
4. Every entry hashes to its leaf, every tile to its place in the tile above, all of them to the signed root.
5. Every older checkpoint is a beginning of the same log; its signatures hold.
6. A proof file, if given: its entry leads to its signed checkpoint, and that checkpoint is one of this log.
7. A page, if given: with its salt it leads to the commitment in the proved entry.
8. What witnesses and anchors attested (anchors/*.jsonl) is a beginning of this log. With --witness, the public keys of
   witnesses you trust, their cosignatures hold, enough of them (--needed) have cosigned, and no entry says it is older
   than a moment at which a witness saw the log without it.
9. Time stamps (RFC 3161) hold, with --tsa-ca and the program `openssl`; a chain, asked with --chain, knows the events.
   Without these they are not checked, and the report says so.
10. Checkpoints you kept yourself (--known) are beginnings of this log.

SM3 comes from hashlib or `cryptography` where they have it, Ed25519 from `cryptography`; otherwise, and always for SM2,
the arithmetic below does the work. The report says which. Exit code: 0 all held, 1 found wanting, 2 usage.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, NamedTuple

WIDTH = 256
SAMPLE = 100  # older SM2 signatures checked when not told to check every one: one costs some 20 ms
LISTED = 50
ED25519, SM2 = "ed25519", "sm2"
KEY_TYPES = {ED25519: b"\x01", SM2: b"\xffyidang.dev/sm2-with-sm3/v1"}
COSIGNER_TYPES = {ED25519: b"\x04", SM2: b"\xffyidang.dev/sm2-cosignature/v1"}
TOLERANCE = 600  # seconds by which clocks may differ and a transaction may take

# --- SM3, GB/T 32905-2016 ---

_IV = (0x7380166F, 0x4914B2B9, 0x172442D7, 0xDA8A0600, 0xA96F30BC, 0x163138AA, 0xE38DEE4D, 0xB0FB0E4E)
_ONES = 0xFFFFFFFF


def _rotate(word: int, by: int) -> int:
    by %= 32
    return (word << by | word >> (32 - by)) & _ONES


def _compress(state: Sequence[int], block: bytes) -> tuple[int, ...]:
    w = [int.from_bytes(block[i : i + 4], "big") for i in range(0, 64, 4)]
    for j in range(16, 68):
        x = w[j - 16] ^ w[j - 9] ^ _rotate(w[j - 3], 15)
        w.append(x ^ _rotate(x, 15) ^ _rotate(x, 23) ^ _rotate(w[j - 13], 7) ^ w[j - 6])
    a, b, c, d, e, f, g, h = state
    for j in range(64):
        t = 0x79CC4519 if j < 16 else 0x7A879D8A
        ss1 = _rotate((_rotate(a, 12) + e + _rotate(t, j)) & _ONES, 7)
        ss2 = ss1 ^ _rotate(a, 12)
        ff = a ^ b ^ c if j < 16 else a & b | a & c | b & c
        gg = e ^ f ^ g if j < 16 else e & f | ~e & g
        tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & _ONES
        tt2 = (gg + h + ss1 + w[j]) & _ONES
        d, c, b, a = c, _rotate(b, 9), a, tt1
        h, g, f, e = g, _rotate(f, 19), e, tt2 ^ _rotate(tt2, 9) ^ _rotate(tt2, 17)
    return tuple(x ^ y for x, y in zip(state, (a, b, c, d, e, f, g, h)))


def plain_sm3(data: bytes) -> bytes:
    padded = data + b"\x80" + b"\0" * ((55 - len(data)) % 64) + (8 * len(data)).to_bytes(8, "big")
    state: tuple[int, ...] = _IV
    for start in range(0, len(padded), 64):
        state = _compress(state, padded[start : start + 64])
    return b"".join(word.to_bytes(4, "big") for word in state)


def _choose_sm3() -> tuple[str, Callable[[bytes], bytes]]:
    try:
        blank = hashlib.new("sm3")
    except ValueError:
        return _choose_sm3_of_cryptography()

    def digest(data: bytes) -> bytes:
        state = blank.copy()  # looking the algorithm up costs more than a short digest
        state.update(data)
        return state.digest()

    return "hashlib", digest


def _choose_sm3_of_cryptography() -> tuple[str, Callable[[bytes], bytes]]:
    try:
        from cryptography.hazmat.primitives import hashes
    except ImportError:
        return "plain Python", plain_sm3

    def digest(data: bytes) -> bytes:
        state = hashes.Hash(hashes.SM3())
        state.update(data)
        return state.finalize()

    return "cryptography", digest


SM3_ENGINE, sm3 = _choose_sm3()

# --- SM2 signatures, GB/T 32918.2-2016 with the curve of GB/T 32918.5-2017 ---

_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
_A = _P - 3
_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
_N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
_G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
_Jacobian = tuple[int, int, int]
_INFINITY: _Jacobian = (1, 1, 0)


def _double(point: _Jacobian) -> _Jacobian:
    x, y, z = point
    if not y or not z:
        return _INFINITY
    zz, yy = z * z % _P, y * y % _P
    s = 4 * x * yy % _P
    m = 3 * (x - zz) * (x + zz) % _P  # the curve has a = -3
    x2 = (m * m - 2 * s) % _P
    return x2, (m * (s - x2) - 8 * yy * yy) % _P, 2 * y * z % _P


def _add(one: _Jacobian, two: _Jacobian) -> _Jacobian:
    if not one[2]:
        return two
    if not two[2]:
        return one
    zz1, zz2 = one[2] ** 2 % _P, two[2] ** 2 % _P
    u1, u2 = one[0] * zz2 % _P, two[0] * zz1 % _P
    s1, s2 = one[1] * zz2 * two[2] % _P, two[1] * zz1 * one[2] % _P
    if u1 == u2:
        return _double(one) if s1 == s2 else _INFINITY
    h, r = u2 - u1, s2 - s1
    hh = h * h % _P
    hhh, v = h * hh % _P, u1 * hh % _P
    x = (r * r - hhh - 2 * v) % _P
    return x, (r * (v - x) - s1 * hhh) % _P, h * one[2] * two[2] % _P


def _multiply_both(s: int, t: int, point: tuple[int, int]) -> _Jacobian:
    """s·G + t·point, by Shamir's trick."""
    g, q = (*_G, 1), (*point, 1)
    table = (None, g, q, _add(g, q))
    found = _INFINITY
    for bit in range(255, -1, -1):
        found = _double(found)
        term = table[(s >> bit & 1) | (t >> bit & 1) << 1]
        found = _add(found, term) if term else found
    return found


def sm2_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 65 or public[0] != 4 or len(signature) != 64:
        return False
    x, y = int.from_bytes(public[1:33], "big"), int.from_bytes(public[33:], "big")
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    t = (r + s) % _N
    if x >= _P or y >= _P or (y * y - x * x * x - _A * x - _B) % _P or not (0 < r < _N and 0 < s < _N and t):
        return False
    identifier = b"1234567812345678"
    constants = b"".join(number.to_bytes(32, "big") for number in (_A, _B, *_G))
    za = sm3((8 * len(identifier)).to_bytes(2, "big") + identifier + constants + public[1:])
    e = int.from_bytes(sm3(za + message), "big")
    x1, _y1, z1 = _multiply_both(s, t, (x, y))
    return z1 != 0 and (e + x1 * pow(z1, -2, _P) % _P) % _N == r


# --- Ed25519, RFC 8032 ---

_Q = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _Q) % _Q
_Extended = tuple[int, int, int, int]


def _edwards_add(one: _Extended, two: _Extended) -> _Extended:
    a = (one[1] - one[0]) * (two[1] - two[0]) % _Q
    b = (one[1] + one[0]) * (two[1] + two[0]) % _Q
    c, d = 2 * one[3] * two[3] * _D % _Q, 2 * one[2] * two[2] % _Q
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _Q, g * h % _Q, f * g % _Q, e * h % _Q


def _edwards_multiply(scalar: int, point: _Extended) -> _Extended:
    found: _Extended = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            found = _edwards_add(found, point)
        point, scalar = _edwards_add(point, point), scalar >> 1
    return found


def _edwards_point(encoded: bytes) -> _Extended | None:
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= _Q:
        return None
    xx = (y * y - 1) * pow(_D * y * y + 1, -1, _Q) % _Q
    x = pow(xx, (_Q + 3) // 8, _Q)
    if (x * x - xx) % _Q:
        x = x * pow(2, (_Q - 1) // 4, _Q) % _Q
    if (x * x - xx) % _Q or (not x and sign):
        return None
    x = _Q - x if x & 1 != sign else x
    return x, y, 1, x * y % _Q


def plain_ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    if len(public) != 32 or len(signature) != 64:
        return False
    key, r, s = _edwards_point(public), _edwards_point(signature[:32]), int.from_bytes(signature[32:], "little")
    base = _edwards_point((4 * pow(5, -1, _Q) % _Q).to_bytes(32, "little"))
    if key is None or r is None or base is None or s >= _L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _L
    left, right = _edwards_multiply(s, base), _edwards_add(r, _edwards_multiply(k, key))
    return not ((left[0] * right[2] - right[0] * left[2]) % _Q or (left[1] * right[2] - right[1] * left[2]) % _Q)


def _choose_ed25519() -> tuple[str, Callable[[bytes, bytes, bytes], bool]]:
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return "plain Python", plain_ed25519_verify

    def verify(public: bytes, message: bytes, signature: bytes) -> bool:
        try:
            Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
        except (InvalidSignature, ValueError):
            return False
        return True

    return "cryptography", verify


ED25519_ENGINE, ed25519_verify = _choose_ed25519()
ENGINES = {"sm3": SM3_ENGINE, ED25519: ED25519_ENGINE, SM2: "plain Python"}

# --- The Merkle tree of RFC 6962 with SM3 ---


def leaf_hash(entry: bytes) -> bytes:
    return sm3(b"\x00" + entry)


def node_hash(left: bytes, right: bytes) -> bytes:
    return sm3(b"\x01" + left + right)


def fold(hashes: list[bytes]) -> bytes:
    while len(hashes) > 1:
        hashes = [node_hash(*hashes[i : i + 2]) for i in range(0, len(hashes), 2)]
    return hashes[0]


def root_by_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """RFC 9162 section 2.1.3.2."""
    node, last, found = index, size - 1, leaf
    for sibling in path:
        if last <= 0:
            return None
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while node and not node & 1:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    return found if last == 0 and 0 <= index < size else None


class Frontier:
    """The hashes that have not yet filled a tile, level by level: enough for the root of the log read so far."""

    def __init__(self) -> None:
        self.levels: list[list[bytes]] = [[]]
        self.size = 0

    def root(self, tail: Sequence[bytes] = ()) -> bytes:
        """With `tail` further leaves, fewer than would fill the tile."""
        subtrees: list[bytes] = []
        for level, hashes in reversed(list(enumerate(self.levels))):
            rest = [*hashes, *tail] if level == 0 else hashes
            while rest:
                count = 1 << len(rest).bit_length() - 1
                subtrees.append(fold(list(rest[:count])))
                rest = rest[count:]
        if not subtrees:
            return sm3(b"")
        found = subtrees.pop()
        while subtrees:
            found = node_hash(subtrees.pop(), found)
        return found

    def add_tile(self, leaves: list[bytes]) -> Iterator[tuple[int, int, list[bytes]]]:
        """Takes a full tile in; yields (level, number, hashes) of every tile above that it fills."""
        self.size += WIDTH
        level, hashes = 0, leaves
        while len(hashes) == WIDTH:
            level += 1
            if level == len(self.levels):
                self.levels.append([])
            self.levels[level].append(fold(hashes))
            hashes = self.levels[level]
            if len(hashes) == WIDTH:
                self.levels[level] = []
                yield level, (self.size >> 8 * (level + 1)) - 1, hashes


# --- Notes ---


class Key(NamedTuple):
    name: str
    algorithm: str
    public: bytes
    kind: bytes

    @property
    def key_id(self) -> bytes:
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:4]

    def verifies(self, text: str, signature: bytes) -> bool:
        check = ed25519_verify if self.algorithm == ED25519 else sm2_verify
        return check(self.public, text.encode(), signature)


class Note(NamedTuple):
    text: str
    origin: str
    size: int
    root: bytes
    signatures: dict[tuple[str, bytes], bytes]


def parse_keys(text: str, types: dict[str, bytes] = KEY_TYPES) -> list[Key]:
    keys = []
    for line in filter(None, text.splitlines()):
        name, key_id, encoded = line.split("+", 2)
        raw = base64.b64decode(encoded, validate=True)
        for algorithm, kind in types.items():
            key = Key(name, algorithm, raw[len(kind) :], kind)
            if raw.startswith(kind) and key.key_id.hex() == key_id:
                keys.append(key)
    return keys


def parse_note(note: str) -> Note:
    text, lines = note.split("\n\n")
    origin, size, root = text.split("\n")
    signatures = {}
    for line in lines.splitlines():
        dash, name, encoded = line.split(" ")
        raw = base64.b64decode(encoded, validate=True)
        if dash != "\u2014":
            raise ValueError("not a signature line")
        signatures[name, raw[:4]] = raw[4:]
    return Note(text + "\n", origin, int(size), base64.b64decode(root, validate=True), signatures)


def parse_history(text: str) -> list[Note]:
    parts = text.split("\n\n")
    return [parse_note(f"{body}\n\n{lines}") for body, lines in zip(parts[::2], parts[1::2])]


# --- What others attested ---


class Outside(NamedTuple):
    """Whom to trust, and whom to ask, about what witnesses and anchors attested."""

    witnesses: list[Key] = []
    needed: int = 1
    known: Sequence[str] = ()
    tsa_ca: Path | None = None
    chain: str | None = None


class Record(NamedTuple):
    """One line of anchors/<kind>-<id>.jsonl."""

    kind: str
    path: str
    size: int
    root: bytes
    evidence: dict[str, Any]

    def text(self, origin: str) -> str:
        return f"{origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def read_records(path: Path) -> Iterator[Record]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            said = json.loads(line)
            root = base64.b64decode(said["root"], validate=True)
            yield Record(
                path.stem.split("-")[0], f"anchors/{path.name}", int(said["size"]), root, dict(said["evidence"])
            )


def cosigned_at(record: Record, text: str, keys: Sequence[Key]) -> tuple[str, int] | None:
    """The trusted witness whose cosignature holds, and its time; None when none does. Quick keys are tried first."""
    for key in sorted(keys, key=lambda key: key.algorithm != ED25519):
        for line in record.evidence["cosignatures"]:
            dash, name, encoded = line.split(" ")
            raw = base64.b64decode(encoded, validate=True)
            if (dash, name, raw[:4], len(raw)) == ("\u2014", key.name, key.key_id, 76):
                time = int.from_bytes(raw[4:12], "big")
                if key.verifies(f"cosignature/v1\ntime {time}\n{text}", raw[12:]):
                    return key.name, time
    return None


def knows_any(record: Record, keys: Sequence[Key]) -> bool:
    return any(line.split(" ")[1] == key.name for line in record.evidence["cosignatures"] for key in keys)


def stamp_holds(record: Record, text: str, tsa_ca: Path, openssl: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "text").write_text(text, encoding="utf-8")
        (Path(folder) / "stamp").write_bytes(base64.b64decode(record.evidence["response"], validate=True))
        command = [openssl, "ts", "-verify", "-data", "text", "-in", "stamp", "-CAfile", str(tsa_ca.absolute())]
        done = subprocess.run(command, cwd=folder, capture_output=True, check=False)
    return done.returncode == 0 and b"Verification: OK" in done.stdout


_ANCHORED = "bea4d11b910aad40d2df2a90d97a3329219b6389f85777c99daad7eb5fafd439"  # Anchored(bytes32,uint64,bytes32)


def on_chain(record: Record, origin: str, url: str) -> bool:
    asked = {
        "jsonrpc": "2.0",
        "id": 1,
        "method": "eth_getTransactionReceipt",
        "params": [record.evidence["transaction"]],
    }
    request = urllib.request.Request(url, json.dumps(asked).encode(), {"Content-Type": "application/json"})  # noqa: S310 - the caller's own address
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - the same
        receipt = json.load(answer).get("result") or {}
    topics = [_ANCHORED, hashlib.sha256(origin.encode()).hexdigest()]
    data = record.size.to_bytes(32, "big") + record.root
    return any(
        event["address"].lower() == record.evidence["contract"].lower()
        and [topic.removeprefix("0x").lower() for topic in event["topics"]] == topics
        and bytes.fromhex(event["data"].removeprefix("0x")) == data
        for event in receipt.get("logs", [])
    )


class Moments:
    """When witnesses saw how much of the log: bounds for the time at which an entry was written."""

    def __init__(self, seen: Sequence[tuple[int, int]]) -> None:
        """`seen` is (size, time)."""
        ordered = sorted(seen)
        self.sizes = [size for size, _time in ordered]
        self.latest, self.earliest = [0], [1 << 62]
        for _size, time in ordered:
            self.latest.append(max(self.latest[-1], time))
        for _size, time in reversed(ordered):
            self.earliest.append(min(self.earliest[-1], time))
        self.earliest.reverse()

    def wrong(self, position: int, entry: bytes) -> str | None:
        found = re.search(rb'"at":"([0-9T:.\-]+)Z"', entry)
        if not found:
            return None
        written = datetime.fromisoformat(found[1].decode()).replace(tzinfo=timezone.utc).timestamp()  # noqa: UP017 - Python 3.9
        place = bisect_right(self.sizes, position)
        if written < self.latest[place] - TOLERANCE:
            return "entry_backdated"
        return "entry_postdated" if written > self.earliest[place] + TOLERANCE else None


# --- The check ---


class Report:
    """What was found; `holds` only when nothing was."""

    def __init__(self) -> None:
        self.findings: list[dict[str, Any]] = []
        self.notes: list[str] = []
        self.facts: dict[str, Any] = {}

    def find(self, code: str, **facts: Any) -> None:
        self.findings.append({"code": code, **facts})

    def as_dict(self) -> dict[str, Any]:
        listed = self.findings[:LISTED]
        count = len(self.findings)
        return {
            "holds": not count,
            **self.facts,
            "engines": ENGINES,
            "count": count,
            "findings": listed,
            "notes": self.notes,
        }


def tile_path(level: Any, number: int, width: int) -> str:
    groups = [f"{number % 1000:03d}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03d}")
    path = f"tile/{level}/" + "/".join(groups)
    return path if width == WIDTH else f"{path}.p/{width}"


class Heads(NamedTuple):
    """The files `checkpoint` and `checkpoints`, read at one moment: those of a living log must agree."""

    checkpoint: str
    checkpoints: str


def read_heads(folder: Path) -> Heads:
    return Heads(*((folder / name).read_text(encoding="utf-8") for name in Heads._fields))


class Log:
    """An exported folder under check."""

    def __init__(self, folder: Path, report: Report) -> None:
        self.folder = folder
        self.report = report
        self.keys: list[Key] = []
        self.checked = {ED25519: 0, SM2: 0}
        self.roots: dict[int, bytes] = {}
        self.records: list[list[Record]] = []
        self.moments = Moments([])

    def check(self, keys: str | None, heads: Heads, outside: Outside | None, *, every_signature: bool) -> None:
        self.check_about()  # 1
        self.take_keys(keys)  # 2
        head, older = parse_note(heads.checkpoint), parse_history(heads.checkpoints)
        self.check_signatures(head, (ED25519, SM2))  # 3
        sizes = {note.size for note in older}
        if outside:
            sizes |= self.take_records(outside, every_signature=every_signature)  # 8, before the times are read
        self.check_tree(head, sorted(size for size in sizes if size <= head.size))  # 4
        self.check_history(head, older, every_signature=every_signature)  # 5
        if outside:
            self.check_outside(head, outside)  # 8, 9, 10
        self.report.facts |= {"origin": head.origin, "entries": head.size, "root": head.root.hex()}
        self.report.facts |= {"checkpoints": len(older), "signatures_checked": self.checked}

    def check_about(self) -> None:
        about = json.loads((self.folder / "log.json").read_text(encoding="utf-8"))
        self.origin = about.get("origin")
        if about.get("format") != "yidang-ledger/1" or about.get("hash") != "SM3":
            self.report.find("log_file_wrong", path="log.json")

    def take_keys(self, given: str | None) -> None:
        self.keys = parse_keys(given if given is not None else (self.folder / "keys").read_text(encoding="utf-8"))
        if given is None:
            self.report.notes.append("The public keys come from the folder itself; compare them with those you trust.")
        if {key.algorithm for key in self.keys} != {ED25519, SM2}:
            self.report.find("public_keys_wrong")

    def check_signatures(self, note: Note, algorithms: Sequence[str]) -> None:
        if note.origin != self.origin:
            self.report.find("origin_differs", size=note.size)
        for key in self.keys:
            if key.algorithm in algorithms:
                self.checked[key.algorithm] += 1
                signature = note.signatures.get((key.name, key.key_id), b"")
                if not key.verifies(note.text, signature):
                    self.report.find("signature_wrong", size=note.size, algorithm=key.algorithm)

    def check_tree(self, head: Note, sizes: list[int]) -> None:
        frontier = Frontier()
        for number in range(-(-head.size // WIDTH)):
            width = min(WIDTH, head.size - number * WIDTH)
            leaves = self.leaves(number, width, head, frontier)
            while sizes and sizes[0] < frontier.size + width:
                size = sizes.pop(0)
                self.roots[size] = frontier.root(leaves[: size - frontier.size])
            if width == WIDTH:
                for level, above, hashes in frontier.add_tile(leaves):
                    self.check_tile(level, above, hashes)
            else:
                frontier.levels[0] = leaves
        for level, hashes in enumerate(frontier.levels):
            if level and hashes:
                self.check_tile(level, head.size >> 8 * (level + 1), hashes)
        self.roots[head.size] = frontier.root()
        if self.roots[head.size] != head.root:
            self.report.find("root_differs", size=head.size)

    def leaves(self, number: int, width: int, head: Note, frontier: Frontier) -> list[bytes]:
        """The leaves of one bundle; where bundle and tile differ, those that lead to the tile above or to the root."""
        tile = self.tile(0, number, width)
        ours: list[bytes] = []
        for entry in self.entries(number, width):
            self.check_time(number * WIDTH + len(ours), entry)
            ours.append(leaf_hash(entry))
        if ours == tile:
            return ours
        if len(tile) == width and self.leads_up(tile, number, head, frontier):
            for index in range(width):
                if index >= len(ours) or ours[index] != tile[index]:
                    self.report.find("entry_altered", position=number * WIDTH + index)
            return tile
        self.report.find("tile_altered", path=tile_path(0, number, width))
        return ours

    def leads_up(self, tile: list[bytes], number: int, head: Note, frontier: Frontier) -> bool:
        if len(tile) < WIDTH:
            return frontier.root(tile) == head.root
        above, offset = divmod(number, WIDTH)
        row = self.tile(1, above, min(WIDTH, (head.size >> 8) - above * WIDTH))
        return offset < len(row) and fold(list(tile)) == row[offset]

    def check_tile(self, level: int, number: int, hashes: list[bytes]) -> None:
        if self.tile(level, number, len(hashes)) != hashes:
            self.report.find("tile_altered", path=tile_path(level, number, len(hashes)))

    def tile(self, level: int, number: int, width: int) -> list[bytes]:
        raw = self.read(level, number, width)
        return [raw[i : i + 32] for i in range(0, min(len(raw), 32 * width), 32)]

    def entries(self, number: int, width: int) -> Iterator[bytes]:
        raw, position = self.read("entries", number, width), 0
        for _ in range(width):
            start = position + 2
            position = start + int.from_bytes(raw[position:start], "big")
            if start > len(raw) or position > len(raw):
                self.report.find("bundle_damaged", path=tile_path("entries", number, width))
                return
            yield raw[start:position]

    def read(self, level: Any, number: int, width: int) -> bytes:
        for path in (tile_path(level, number, width), tile_path(level, number, WIDTH)):
            if (self.folder / path).is_file():
                return (self.folder / path).read_bytes()
        self.report.find("file_missing", path=tile_path(level, number, width))
        return b""

    def check_history(self, head: Note, older: list[Note], *, every_signature: bool) -> None:
        if not older or older[-1].text != head.text:
            self.report.find("history_does_not_end_at_checkpoint")
        sizes = [note.size for note in older]
        if sizes != sorted(sizes):
            self.report.find("history_shrinks")
        every = every_signature or len(older) <= SAMPLE
        both = range(len(older)) if every else range(0, len(older), -(-len(older) // SAMPLE))
        for index, note in enumerate(older):
            if self.roots.get(note.size, note.root) != note.root or note.size > head.size:
                self.report.find("checkpoint_inconsistent", size=note.size)
            if index in both:
                self.check_signatures(note, (ED25519, SM2))
            elif ED25519_ENGINE == "cryptography":
                self.check_signatures(note, (ED25519,))
        if not every:
            self.report.notes.append("Signatures of older checkpoints were sampled; --every-signature checks all.")

    def check_time(self, position: int, entry: bytes) -> None:
        wrong = self.moments.wrong(position, entry) if self.moments.sizes else None
        if wrong:
            self.report.find(wrong, position=position)

    def take_records(self, outside: Outside, *, every_signature: bool) -> set[int]:
        """Reads what was attested and checks cosignatures; returns the sizes whose roots are wanted."""
        seen: dict[str, list[tuple[int, int]]] = {}
        for path in sorted((self.folder / "anchors").glob("*.jsonl")):
            try:
                records = list(read_records(path))
                self.records.append(records)
                if records and records[0].kind == "witness" and outside.witnesses:
                    self.check_cosignatures(records, outside, seen, every_signature=every_signature)
            except (ValueError, KeyError, TypeError, AttributeError, IndexError):
                self.report.find("record_damaged", path=f"anchors/{path.name}")
        self.moments = Moments([one for of_one in seen.values() for one in of_one])
        if outside.witnesses:
            self.count_witnesses(seen, outside.needed)
        known = {parse_note(note).size for note in outside.known}
        return known | {record.size for records in self.records for record in records}

    def check_cosignatures(
        self, records: list[Record], outside: Outside, seen: dict[str, list[tuple[int, int]]], *, every_signature: bool
    ) -> None:
        every = every_signature or ED25519_ENGINE == "cryptography"
        for record in records if every else records[-SAMPLE:]:
            found = cosigned_at(record, record.text(self.origin), outside.witnesses)
            if found:
                seen.setdefault(found[0], []).append((record.size, found[1]))
            elif knows_any(record, outside.witnesses):
                self.report.find("cosignature_wrong", path=record.path, size=record.size)
        if not every and len(records) > SAMPLE:
            self.report.notes.append(f"Of {records[0].path} the newest {SAMPLE} cosignatures were checked.")

    def count_witnesses(self, seen: dict[str, list[tuple[int, int]]], needed: int) -> None:
        sizes = sorted((max(of_one)[0] for of_one in seen.values()), reverse=True)
        reached = sizes[needed - 1] if 0 < needed <= len(sizes) else 0
        self.report.facts |= {"witnesses": len(seen), "cosigned": reached}
        if len(sizes) < needed:
            self.report.find("too_few_witnesses", have=len(sizes), needed=needed)

    def check_outside(self, head: Note, outside: Outside) -> None:
        for record in (record for records in self.records for record in records):
            if record.size > head.size:
                self.report.find("record_beyond", path=record.path, size=record.size)
            elif self.roots[record.size] != record.root:
                self.report.find("record_contradicts", path=record.path, size=record.size)
        for note in map(parse_note, outside.known):
            if note.origin != self.origin or note.size > head.size or self.roots[note.size] != note.root:
                self.report.find("known_checkpoint_contradicts", size=note.size)
        for records in filter(None, self.records):
            self.check_evidence(records, outside)
        cosigned = self.report.facts.get("cosigned", head.size)
        if cosigned < head.size:
            self.report.notes.append(
                f"The newest {head.size - cosigned} entries are not cosigned by enough witnesses yet."
            )

    def check_evidence(self, records: list[Record], outside: Outside) -> None:
        kind, path, openssl = records[0].kind, records[0].path, shutil.which("openssl")
        if kind == "witness" and outside.witnesses:
            return
        if kind == "rfc3161" and outside.tsa_ca and openssl:
            for record in records[-SAMPLE:]:
                if not stamp_holds(record, record.text(self.origin), outside.tsa_ca, openssl):
                    self.report.find("stamp_wrong", path=path, size=record.size)
        elif kind == "evm" and outside.chain:
            for record in records[-SAMPLE:]:
                if not on_chain(record, self.origin, outside.chain):
                    self.report.find("not_on_chain", path=path, size=record.size)
        else:
            how = {"witness": "--witness", "rfc3161": "--tsa-ca and openssl", "evm": "--chain", "file": "--known"}
            self.report.notes.append(
                f"Not checked: {len(records)} attestations in {path} (needs {how.get(kind, '?')})."
            )

    def check_proof(self, proof: dict[str, Any], page: bytes | None) -> None:
        entry, note = proof["entry"].encode(), parse_note(proof["checkpoint"])
        path = [bytes.fromhex(sibling) for sibling in proof["path"]]
        self.check_signatures(note, (ED25519, SM2))
        if root_by_path(leaf_hash(entry), proof["position"], note.size, path) != note.root:
            self.report.find("proof_wrong", position=proof["position"])
        if self.roots.get(note.size, note.root) != note.root:
            self.report.find("proof_of_another_log", size=note.size)
        content = json.loads(entry)
        if "private" in proof and not private_holds(content, proof["private"]):
            self.report.find("private_facts_wrong")
        if not page_proved(content, proof.get("page"), page):
            self.report.find("page_wrong")
        self.report.facts["proved"] = content
        if "page" in proof:
            self.report.facts["page"] = {"number": proof["page"]["number"], "count": proof["page"]["count"]}


def private_holds(entry: dict[str, Any], private: dict[str, Any]) -> bool:
    facts = json.dumps(private["facts"], ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    return sm3(bytes.fromhex(private["salt"]) + facts).hex() == entry.get("private")


def page_proved(entry: dict[str, Any], proof: dict[str, Any] | None, page: bytes | None) -> bool:
    """`page` is what was committed to or, where the proof carries a statement, a file whose digest that names."""
    stated = (proof or {}).get("statement")
    committed = page if stated is None else stated.encode()
    if committed is None:
        return True
    named = [committed] if stated is None else [committed, *digests_in(stated)]
    shown = page is None or page in named or sm3(page) in named
    return shown and page_holds(entry, proof, committed)


def digests_in(statement: str) -> list[bytes]:
    return [bytes.fromhex(value) for name, value in json.loads(statement).items() if name.endswith("_sm3")]


def page_holds(entry: dict[str, Any], proof: dict[str, Any] | None, page: bytes) -> bool:
    pages = entry["facts"].get("pages")
    if proof is None or not isinstance(pages, dict) or pages["count"] != proof["count"]:
        return False
    commitment = sm3(b"yidang-page-v1\0" + bytes.fromhex(proof["salt"]) + page)
    path = [bytes.fromhex(sibling) for sibling in proof["path"]]
    root = root_by_path(leaf_hash(commitment), proof["number"] - 1, proof["count"], path)
    return root is not None and root.hex() == pages["root"]


def verify_folder(
    folder: Path,
    *,
    keys: str | None = None,
    proof: dict[str, Any] | None = None,
    page: bytes | None = None,
    heads: Heads | None = None,
    outside: Outside | None = None,
    every_signature: bool = False,
) -> dict[str, Any]:
    """The whole check. `keys` is the text of a trusted keys file. The result's "holds" says it in one word.

    Without `outside` what witnesses and anchors attested is not looked at.
    """
    report = Report()
    try:
        log = Log(folder, report)
        log.check(keys, heads or read_heads(folder), outside, every_signature=every_signature)
        if proof is not None:
            log.check_proof(proof, page)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        report.find("unreadable", problem=str(problem))
    return report.as_dict()


def verify_proof(proof: dict[str, Any], *, keys: str, page: bytes | None = None) -> dict[str, Any]:
    """A proof file alone, without the log: needs the trusted keys."""
    report = Report()
    try:
        log = Log(Path(), report)
        log.origin = parse_note(proof["checkpoint"]).origin
        log.take_keys(keys)
        log.check_proof(proof, page)
    except (OSError, ValueError, KeyError, TypeError) as problem:
        report.find("unreadable", problem=str(problem))
    return report.as_dict()


SAID = ("origin", "entries", "checkpoints", "root", "witnesses", "cosigned")


def say(result: dict[str, Any]) -> str:
    lines = [f"{name}: {result[name]}" for name in SAID if name in result]
    if "proved" in result:
        lines.append("proved: " + " ".join(str(value) for value in subject_of(result)))
    lines += [f"engine {name}: {engine}" for name, engine in result["engines"].items()]
    lines += [f"note: {note}" for note in result["notes"]]
    lines += ["FOUND " + " ".join(f"{name}={value}" for name, value in found.items()) for found in result["findings"]]
    lines.append("The ledger holds." if result["holds"] else f"The ledger does NOT hold: {result['count']} findings.")
    return "\n".join(lines)


def subject_of(result: dict[str, Any]) -> Iterator[Any]:
    facts = result["proved"]["facts"]
    yield result["proved"]["action"]
    if "reference_code" in facts:
        yield facts["reference_code"]
    if "version" in facts:
        yield f"version {facts['version']}"
    if "page" in result:
        yield f"page {result['page']['number']} of {result['page']['count']}"


def outside_of(
    witnesses: Sequence[str], needed: int, known: Sequence[Path], tsa_ca: Path | None, chain: str | None
) -> Outside:
    """From the command line: a witness is a public key, or a file of them. Raises ValueError for what is neither."""
    texts = [Path(one).read_text(encoding="utf-8") if "+" not in one else one for one in witnesses]
    keys = [key for text in texts for word in text.split() if "+" in word for key in parse_keys(word, COSIGNER_TYPES)]
    if len(keys) < len(witnesses):
        raise ValueError("not a public key of a witness")
    notes = [path.read_text(encoding="utf-8") for path in known]
    return Outside(keys, needed, notes, tsa_ca, chain)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Checks an exported ledger of Yidang.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--keys", type=Path, help="file of public keys you trust")
    parser.add_argument("--proof", type=Path, help="a proof file made by `yidang ledger prove`")
    parser.add_argument("--page", type=Path, help="the file with the page the proof is about")
    parser.add_argument("--witness", action="append", default=[], help="public key of a witness, or a file of them")
    parser.add_argument("--needed", type=int, default=1, help="so many witnesses must have cosigned")
    parser.add_argument("--known", type=Path, action="append", default=[], help="a signed checkpoint you kept")
    parser.add_argument("--tsa-ca", type=Path, help="certificates of the time-stamping authority you trust")
    parser.add_argument("--chain", help="JSON-RPC address of the chain that holds the anchors")
    parser.add_argument("--every-signature", action="store_true", help="check every SM2 signature, not a sample")
    parser.add_argument("--json", action="store_true", help="print the report as JSON")
    given = parser.parse_args(arguments)
    try:
        outside = outside_of(given.witness, given.needed, given.known, given.tsa_ca, given.chain)
    except (OSError, ValueError) as problem:
        parser.error(str(problem))
    result = verify_folder(
        given.folder,
        keys=given.keys and given.keys.read_text(encoding="utf-8"),
        proof=given.proof and json.loads(given.proof.read_text(encoding="utf-8")),
        page=given.page and given.page.read_bytes(),
        outside=outside,
        every_signature=given.every_signature,
    )
    sys.stdout.write((json.dumps(result, ensure_ascii=False, indent=1) if given.json else say(result)) + "\n")
    return 0 if result["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
