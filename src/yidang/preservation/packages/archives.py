"""ZIP and TAR as trees: their own names, sizes and links are believed of nobody."""

import stat
import tarfile
import tempfile
import threading
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, cast

from yidang.preservation.packages import limits
from yidang.preservation.packages.findings import Findings
from yidang.preservation.packages.names import is_unsafe, plain
from yidang.preservation.packages.trees import Tree, single_top

_ENCRYPTED = 0x1
_PRESSED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00")
# What the standard library raises on archives that are none.
DAMAGE = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError, NotImplementedError)


@contextmanager
def opened_archive(path: Path) -> Iterator[Tree]:
    """What is neither a ZIP nor a TAR is a tree of that one file."""
    findings = Findings()
    with path.open("rb") as source:
        head = source.read(8)
    if zipfile.is_zipfile(path):
        with _opened_zip(path, findings) as entries:
            yield _tree(path, entries, findings)
    elif head.startswith(_PRESSED) or _is_tar(path):
        with _plain_tar(path, head, findings) as unpressed:
            yield _tree(path, TarEntries(unpressed, findings), findings)
    else:
        yield Tree(path.stem, OneFile(path), findings=findings)


def _tree(path: Path, entries: "ZipEntries | TarEntries", findings: Findings) -> Tree:
    top = single_top(set(entries.sizes))
    return Tree(top.rstrip("/") or path.stem, entries, top, is_packed=True, findings=findings)


class OneFile:
    def __init__(self, path: Path) -> None:
        self._path = path
        self.sizes = {path.name: path.stat().st_size}
        self.folders: set[str] = set()

    def open(self, _path: str) -> BinaryIO:
        return self._path.open("rb")


def _note(sizes: dict[str, int], name: str, size: int, findings: Findings) -> str | None:
    """The path under which it counts; None, with a finding, when it may not count."""
    path = plain(name)
    if is_unsafe(name) or not path:
        findings.error("package_entry_unsafe", name)
        return None
    if path in sizes:
        findings.error("package_entry_twice", path)
        return None
    sizes[path] = size
    return path


class ZipEntries:
    def __init__(self, archive: zipfile.ZipFile, findings: Findings) -> None:
        self._archive = archive
        self._infos: dict[str, zipfile.ZipInfo] = {}
        self.sizes: dict[str, int] = {}
        self.folders: set[str] = set()
        infos = archive.infolist()
        if len(infos) > limits.FILES or _is_bomb(infos):
            findings.error("package_bomb")
            return
        for info in infos:
            self._take(info, findings)

    def _take(self, info: zipfile.ZipInfo, findings: Findings) -> None:
        if stat.S_ISLNK(info.external_attr >> 16):
            findings.error("package_entry_link", info.filename)
        elif info.flag_bits & _ENCRYPTED:
            findings.error("package_entry_encrypted", info.filename)
        elif info.is_dir():
            self.folders.add(plain(info.filename))
        elif path := _note(self.sizes, info.filename, info.file_size, findings):
            self._infos[path] = info

    def open(self, path: str) -> BinaryIO:
        return cast("BinaryIO", self._archive.open(self._infos[path]))


def _is_bomb(infos: list[zipfile.ZipInfo]) -> bool:
    total = sum(info.file_size for info in infos)
    packed = max(sum(info.compress_size for info in infos), 1)
    overlapping = len({info.header_offset for info in infos}) != len(infos)
    return overlapping or total > limits.UNPACKED or (total > limits.RATIO_FROM and total / packed > limits.RATIO)


@contextmanager
def _opened_zip(path: Path, findings: Findings) -> Iterator[ZipEntries]:
    try:
        archive = zipfile.ZipFile(path)
    except DAMAGE as problem:
        findings.error("package_unreadable", detail=problem)
        with tempfile.TemporaryFile() as empty, zipfile.ZipFile(empty, "w") as nothing:
            yield ZipEntries(nothing, findings)
        return
    with archive:
        yield ZipEntries(archive, findings)


def _is_tar(path: Path) -> bool:
    try:
        return tarfile.is_tarfile(path)
    except OSError:
        return False


@contextmanager
def _plain_tar(path: Path, head: bytes, findings: Findings) -> Iterator[BinaryIO]:
    """A pressed TAR is let out once into a nameless file, so that its members can be read in any order."""
    if not head.startswith(_PRESSED):
        with path.open("rb") as source:
            yield source
        return
    with tempfile.TemporaryFile() as roomy:
        _let_out(path, cast("BinaryIO", roomy), findings)
        yield cast("BinaryIO", roomy)


def _let_out(path: Path, sink: BinaryIO, findings: Findings) -> None:
    import bz2
    import gzip
    import lzma

    openers: dict[bytes, Any] = dict(zip(_PRESSED, (gzip.open, bz2.open, lzma.open), strict=True))
    with path.open("rb") as source:
        head = source.read(8)
    opener = next(one for mark, one in openers.items() if head.startswith(mark))
    most = max(path.stat().st_size * limits.RATIO, limits.RATIO_FROM)
    try:
        with opener(path) as source:
            while piece := source.read(limits.PIECE):
                sink.write(piece)
                if sink.tell() > most:
                    findings.error("package_bomb")
                    sink.truncate(0)
                    return
    except (*DAMAGE, lzma.LZMAError) as problem:
        findings.error("package_unreadable", detail=problem)
        sink.truncate(0)


class TarEntries:
    def __init__(self, source: BinaryIO, findings: Findings) -> None:
        self._source = source
        self._lock = threading.Lock()
        self._places: dict[str, tuple[int, int]] = {}
        self.sizes: dict[str, int] = {}
        self.folders: set[str] = set()
        source.seek(0)
        try:
            with tarfile.open(fileobj=source, mode="r:") as archive:
                for member in archive:
                    self._take(member, findings)
        except DAMAGE as problem:
            findings.error("package_unreadable", detail=problem)

    def _take(self, member: tarfile.TarInfo, findings: Findings) -> None:
        if member.issym() or member.islnk():
            findings.error("package_entry_link", member.name)
        elif member.isdir():
            self.folders.add(plain(member.name))
        elif not member.isreg() or member.issparse():
            findings.error("package_entry_odd", member.name)
        elif path := _note(self.sizes, member.name, member.size, findings):
            self._places[path] = (member.offset_data, member.size)

    def open(self, path: str) -> BinaryIO:
        start, size = self._places[path]
        return cast("BinaryIO", BufferedReader(_Window(self._source, self._lock, start, size), limits.PIECE))


class _Window(RawIOBase):
    """A stretch of a file that several readers share."""

    def __init__(self, source: BinaryIO, lock: threading.Lock, start: int, size: int) -> None:
        self._source, self._lock = source, lock
        self._start, self._at, self._end = start, start, start + size

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        base = {SEEK_SET: self._start, SEEK_CUR: self._at, SEEK_END: self._end}[whence]
        self._at = min(max(base + offset, self._start), self._end)
        return self._at - self._start

    def readinto(self, buffer: Any) -> int:
        wanted = min(len(buffer), self._end - self._at)
        with self._lock:
            self._source.seek(self._at)
            piece = self._source.read(wanted)
        buffer[: len(piece)] = piece
        self._at += len(piece)
        return len(piece)
