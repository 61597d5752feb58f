"""`ocfl_layout.json`, and where the layouts we know put an object."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from yidang.preservation.ocfl_validator.documents import MalformedError, parse
from yidang.preservation.ocfl_validator.extensions import may_be_registered
from yidang.preservation.ocfl_validator.findings import Findings
from yidang.preservation.ocfl_validator.places import Entries, read_bytes

_FILE = "ocfl_layout.json"
_LONGEST = 100
_MOST = 32
_HASHES = {"md5", "sha1", "sha256", "sha512"}


@dataclass(frozen=True)
class Layout:
    place_of: Callable[[str], str | None]


def check_layout(root: Path, here: Entries, findings: Findings) -> Layout | None:
    if _FILE not in here.files:
        return None
    document = _document(root / _FILE)
    if document is None or not _is_described(document):
        findings.add("E070", _FILE)
        return None
    name = str(document["extension"])
    if not may_be_registered(name) and not _is_documented(root, name, here):
        findings.add("E071", _FILE, name)
    config = _document(root / "extensions" / name / "config.json") if may_be_registered(name) else None
    return _known(name, config or {})


def _document(path: Path) -> dict[str, object] | None:
    data = read_bytes(path)
    try:
        found = parse(data) if data is not None else None
    except MalformedError:
        return None
    return found if isinstance(found, dict) else None


def _is_described(document: dict[str, object]) -> bool:
    return all(isinstance(document.get(key), str) for key in ("extension", "description"))


def _is_documented(root: Path, name: str, here: Entries) -> bool:
    """A local extension may be documented by a text in the storage root."""
    return any(f"{name}{ending}" in here.files for ending in (".md", ".txt")) and "/" not in name and root.is_dir()


def _known(name: str, config: dict[str, object]) -> Layout | None:
    if name == "0002-flat-direct-storage-layout":
        return Layout(lambda identifier: identifier)
    hashed = _hashed(config)
    if hashed is None:
        return None
    if name == "0003-hash-and-id-n-tuple-storage-layout":
        return Layout(hashed.with_identifier)
    if name == "0004-hashed-n-tuple-storage-layout":
        return Layout(hashed.alone)
    return None


@dataclass(frozen=True)
class _Hashed:
    """The configuration that 0003 and 0004 share."""

    algorithm: str
    size: int
    count: int
    is_short: bool

    def with_identifier(self, identifier: str) -> str | None:
        digest = self._digest(identifier)
        return None if digest is None else self._place(digest, _encapsulated(identifier, digest))

    def alone(self, identifier: str) -> str | None:
        digest = self._digest(identifier)
        if digest is None:
            return None
        return self._place(digest, digest[self.size * self.count :] if self.is_short else digest)

    def _digest(self, identifier: str) -> str | None:
        try:
            data = identifier.encode()
        except UnicodeEncodeError:
            return None
        return hashlib.new(self.algorithm, data, usedforsecurity=False).hexdigest()

    def _place(self, digest: str, last: str) -> str:
        tuples = [digest[index * self.size : (index + 1) * self.size] for index in range(self.count)]
        return "/".join([*tuples, last])


def _hashed(config: dict[str, object]) -> _Hashed | None:
    algorithm = config.get("digestAlgorithm", "sha256")
    size, count = config.get("tupleSize", 3), config.get("numberOfTuples", 3)
    if algorithm not in _HASHES or not _is_small(size) or not _is_small(count):
        return None
    return _Hashed(str(algorithm), int(str(size)), int(str(count)), config.get("shortObjectRoot") is True)


def _is_small(value: object) -> bool:
    return type(value) is int and 0 <= value <= _MOST


def _encapsulated(identifier: str, digest: str) -> str:
    encoded = re.sub(r"%[0-9A-F]{2}", lambda match: match[0].lower(), quote(identifier, safe="-_"))
    encoded = encoded.replace(".", "%2e").replace("~", "%7e")
    return encoded if len(encoded) <= _LONGEST else f"{encoded[:_LONGEST]}-{digest}"
