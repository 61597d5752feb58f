"""What a run copied, as it stands sealed in the deposit."""

import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from yidang.kernel.errors import Invalid
from yidang.preservation.copies.deposit import Deposit, new_name


@dataclass(frozen=True, slots=True)
class Entry:
    """One object: the SHA-512 of its inventory, and the pack of each version, v1 first."""

    digest: str
    packs: tuple[str, ...]

    @property
    def head(self) -> int:
        return len(self.packs)


@dataclass(frozen=True, slots=True)
class File:
    """One file of a tree. Equal stamps mean an unchanged file."""

    stamp: str
    pack: str
    offset: int
    length: int
    sha512: str


@dataclass(frozen=True, slots=True)
class Run:
    """`lists`: fan-out folder → list of its objects; `trees`: tree → list of its files. Times are ISO 8601 in UTC."""

    name: str
    started_at: str
    captured_at: str  # the moment the copy shows
    finished_at: str
    lists: Mapping[str, str]
    trees: Mapping[str, str]
    database: Mapping[str, Any] | None
    ledger: Mapping[str, Any] | None
    objects: int
    versions: int
    version: str = ""  # of the program
    scope: str = "everything"
    problems: list[Mapping[str, Any]] = field(default_factory=list)

    @property
    def moment(self) -> datetime:
        return datetime.fromisoformat(self.captured_at)


def run_name(at: datetime, mark: str) -> str:
    return f"runs/{at:%Y%m%dT%H%M%S%fZ}-{mark}"


def write_run(deposit: Deposit, run: Run) -> None:
    deposit.put(run.name, json.dumps(asdict(run)).encode())


def read_run(deposit: Deposit, name: str) -> Run:
    """Raises NotFound `content_missing`, Invalid `content_damaged`."""
    with _told(name):
        return Run(**json.loads(deposit.read(name)))


def write_list(deposit: Deposit, entries: Mapping[UUID, Entry]) -> str:
    rows = [[str(object_id), one.digest, list(one.packs)] for object_id, one in sorted(entries.items())]
    return _write(deposit, rows)


def read_list(deposit: Deposit, name: str) -> dict[UUID, Entry]:
    """Raises as `read_run`."""
    with _told(name):
        return {UUID(object_id): Entry(digest, tuple(packs)) for object_id, digest, packs in _read(deposit, name)}


def write_tree(deposit: Deposit, files: Mapping[str, File]) -> str:
    return _write(deposit, [[path, *(getattr(one, name) for name in File.__slots__)] for path, one in files.items()])


def read_tree(deposit: Deposit, name: str) -> dict[str, File]:
    """Raises as `read_run`."""
    with _told(name):
        return {row[0]: File(*row[1:]) for row in _read(deposit, name)}


def _write(deposit: Deposit, rows: list[list[Any]]) -> str:
    name = new_name("lists")
    deposit.put(name, zlib.compress(json.dumps(rows, separators=(",", ":")).encode(), 1))
    return name


def _read(deposit: Deposit, name: str) -> list[list[Any]]:
    rows: list[list[Any]] = json.loads(zlib.decompress(deposit.read(name)))
    return rows


@contextmanager
def _told(name: str) -> Iterator[None]:
    """Whatever a list is not: it was sealed by us, but perhaps by another version, or with another's key."""
    try:
        yield
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, RecursionError, zlib.error):
        raise Invalid("content_damaged", path=name) from None
