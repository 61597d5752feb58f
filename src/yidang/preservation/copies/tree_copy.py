"""Folders of small files into the deposit: the ledger's log, staged uploads, settings. Everything is sealed."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yidang.crypto.durable import make_private_folder
from yidang.kernel.errors import Invalid, NotFound
from yidang.preservation.adapters.files import walk_files
from yidang.preservation.adapters.kernel_calls import sync_filesystem
from yidang.preservation.copies.deposit import Deposit, new_name
from yidang.preservation.copies.manifest import File, read_tree, write_tree
from yidang.preservation.copies.packs import FULL

VOLATILE = ""  # a stamp that equals no other: the file is read every time


@dataclass(frozen=True, slots=True)
class Source:
    """One file to copy. Equal stamps mean that its bytes have not changed."""

    path: str
    stamp: str
    place: Path | bytes | Callable[[], bytes]

    def read(self) -> bytes:
        if isinstance(self.place, Path):
            return self.place.read_bytes()
        return self.place if isinstance(self.place, bytes) else self.place()


def folder_sources(folder: Path) -> Iterator[Source]:
    for place in walk_files(folder):
        told = place.stat()
        yield Source(place.relative_to(folder).as_posix(), f"{told.st_size} {told.st_mtime_ns}", place)


def copy_tree(deposit: Deposit, sources: Iterable[Source], before: str | None) -> tuple[str, int]:
    """The name of the tree's list, and the bytes stored anew. `before`: the list of the last run."""
    known = _known(deposit, before)
    files: dict[str, File] = {}
    writing = _Writing(deposit)
    for source in sources:
        held = known.get(source.path)
        if held is not None and source.stamp != VOLATILE and held.stamp == source.stamp:
            files[source.path] = held
            continue
        try:
            files[source.path] = writing.add(source)
        except FileNotFoundError:
            continue  # gone since it was listed
    writing.close()
    if files == known and before:
        return before, 0
    return write_tree(deposit, files), writing.stored


class _Writing:
    def __init__(self, deposit: Deposit) -> None:
        self._deposit = deposit
        self._name = new_name("packs")
        self._held = bytearray()
        self.stored = 0

    def add(self, source: Source) -> File:
        content = source.read()
        placed = File(source.stamp, self._name, len(self._held), len(content), hashlib.sha512(content).hexdigest())
        self._held += content
        if len(self._held) >= FULL:
            self.close()
        return placed

    def close(self) -> None:
        if self._held:
            self.stored += self._deposit.put(self._name, bytes(self._held))
        self._name, self._held = new_name("packs"), bytearray()


def _known(deposit: Deposit, before: str | None) -> dict[str, File]:
    if before is None:
        return {}
    try:
        known = read_tree(deposit, before)
    except (Invalid, NotFound):
        return {}
    there = {name: deposit.store.exists(name) for name in {one.pack for one in known.values() if one.length}}
    return {path: one for path, one in known.items() if not one.length or there[one.pack]}


def return_tree(deposit: Deposit, name: str, folder: Path) -> tuple[int, list[Mapping[str, str]]]:
    """Writes all files below `folder`; the bytes written and what is wrong."""
    written, problems = 0, list[Mapping[str, str]]()
    make_private_folder(folder)
    for path, content in tree_contents(deposit, read_tree(deposit, name)):
        if content is None:
            problems.append({"code": "copy_damaged", "path": path, "object_id": ""})
            continue
        place = _inside(folder, path)
        make_private_folder(place.parent)
        place.write_bytes(content)
        place.chmod(0o600)
        written += len(content)
    sync_filesystem(folder)
    return written, problems


def tree_contents(deposit: Deposit, files: Mapping[str, File]) -> Iterator[tuple[str, bytes | None]]:
    """Every file, pack by pack; None stands for one that is damaged or missing."""
    held, data = "", b""
    for path, one in sorted(files.items(), key=lambda pair: (pair[1].pack, pair[1].offset)):
        if one.length and one.pack != held:
            held, data = one.pack, _pack(deposit, one.pack)
        content = data[one.offset : one.offset + one.length] if one.length else b""
        yield path, content if hashlib.sha512(content).hexdigest() == one.sha512 else None


def _pack(deposit: Deposit, name: str) -> bytes:
    try:
        return deposit.read(name)
    except (Invalid, NotFound):
        return b""


def _inside(folder: Path, path: str) -> Path:
    place = folder / path
    if ".." in Path(path).parts or Path(path).is_absolute():
        raise Invalid("content_damaged", path=path)
    return place
