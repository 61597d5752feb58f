"""Digests of many files, two at a time: hashlib lets go of the interpreter while it works."""

import hashlib
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from yidang.crypto.sm import new_sm3
from yidang.preservation.packages import limits
from yidang.preservation.packages.archives import DAMAGE
from yidang.preservation.packages.trees import Tree

_THREADS = 2


class _Sm3:
    name = "sm3"

    def __init__(self) -> None:
        self._state = new_sm3()

    def update(self, data: bytes) -> None:
        self._state.update(data)

    def hexdigest(self) -> str:
        return self._state.digest().hex()


_NEW: dict[str, Callable[[], Any]] = {
    "md5": lambda: hashlib.md5(usedforsecurity=False),
    "sha1": lambda: hashlib.sha1(usedforsecurity=False),
    "sha224": hashlib.sha224,
    "sha256": hashlib.sha256,
    "sha384": hashlib.sha384,
    "sha512": hashlib.sha512,
    "sha3-224": hashlib.sha3_224,
    "sha3-256": hashlib.sha3_256,
    "sha3-384": hashlib.sha3_384,
    "sha3-512": hashlib.sha3_512,
    "blake2b": hashlib.blake2b,
    "blake2s": hashlib.blake2s,
    "sm3": _Sm3,
}


def is_known(algorithm: str) -> bool:
    return algorithm in _NEW


def length(algorithm: str) -> int:
    """Of the digest in hex."""
    return len(_NEW[algorithm]().hexdigest())


def new(algorithm: str) -> Any:
    return _NEW[algorithm]()


def digests(tree: Tree, wanted: Mapping[str, set[str]]) -> dict[str, dict[str, str]]:
    """Path → algorithm → hex. A file that cannot be read is a finding of the tree, and missing here."""
    # The largest first, so that no thread is left alone with it at the end.
    order = sorted(wanted, key=lambda path: -tree.sizes[path])
    with ThreadPoolExecutor(_THREADS) as pool:
        found = pool.map(lambda path: _digest(tree, path, wanted[path]), order)
        return {path: one for path, one in zip(order, found, strict=True) if one is not None}


def _digest(tree: Tree, path: str, algorithms: set[str]) -> dict[str, str] | None:
    running = {algorithm: new(algorithm) for algorithm in algorithms}
    left = tree.sizes[path]
    try:
        with tree.open(path) as source:
            while left >= 0 and (piece := source.read(limits.PIECE)):
                left -= len(piece)
                for one in running.values():
                    one.update(piece)
    except (*DAMAGE, RuntimeError) as problem:
        tree.findings.error("package_unreadable", path, detail=problem)
        return None
    return {algorithm: one.hexdigest() for algorithm, one in running.items()}
