"""The digest algorithms of the specification and of its extensions 0001 and 0009."""

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

_PIECE = 1024 * 1024


class Running(Protocol):
    def update(self, data: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


class _Size:
    def __init__(self) -> None:
        self._size = 0

    def update(self, data: bytes, /) -> None:
        self._size += len(data)

    def hexdigest(self) -> str:
        return str(self._size)


_NEW: dict[str, Callable[[], Running]] = {
    "md5": lambda: hashlib.md5(usedforsecurity=False),
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha256": hashlib.sha256,
    "sha512": hashlib.sha512,
    "blake2b-512": hashlib.blake2b,
    "blake2b-160": lambda: hashlib.blake2b(digest_size=20),
    "blake2b-256": lambda: hashlib.blake2b(digest_size=32),
    "blake2b-384": lambda: hashlib.blake2b(digest_size=48),
    "sha512/256": lambda: hashlib.new("sha512_256"),
    "size": _Size,
}
_LENGTHS = {
    "md5": 32,
    "sha1": 40,
    "sha256": 64,
    "sha512": 128,
    "blake2b-512": 128,
    "blake2b-160": 40,
    "blake2b-256": 64,
    "blake2b-384": 96,
    "sha512/256": 64,
}
CONTENT = ("sha512", "sha256")
# the clause that asks for hex, where an algorithm has one of its own
ENCODING_CODES = {"sha1": "E029", "sha256": "E030", "sha512": "E031", "blake2b-512": "E032"}


def is_known(algorithm: str) -> bool:
    return algorithm in _NEW


def is_well_formed(algorithm: str, digest: str) -> bool:
    if algorithm == "size":
        return re.fullmatch(r"0|[1-9][0-9]*", digest) is not None
    return is_hex(digest) and len(digest) == _LENGTHS[algorithm]


def is_hex(digest: str) -> bool:
    return re.fullmatch(r"[0-9a-fA-F]*", digest) is not None


def normal(digest: str) -> str:
    """Hex knows no case."""
    return digest.lower()


def digest_bytes(algorithm: str, data: bytes) -> str:
    running = _NEW[algorithm]()
    running.update(data)
    return running.hexdigest()


def digest_file(path: Path, algorithms: Iterable[str]) -> dict[str, str]:
    """All of them in one pass, piece by piece. Raises OSError."""
    running = {algorithm: _NEW[algorithm]() for algorithm in algorithms}
    with path.open("rb", buffering=0) as source:
        while piece := source.read(_PIECE):
            for one in running.values():
                one.update(piece)
    return {algorithm: one.hexdigest() for algorithm, one in running.items()}
