"""Every byte of the copies read and judged: only a full read finds a flipped bit."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from yidang.kernel.errors import DomainError, Invalid
from yidang.preservation.copies.deposit import Deposit
from yidang.preservation.copies.manifest import File, Run, read_list, read_run, read_tree
from yidang.preservation.copies.packs import PackReader
from yidang.preservation.copies.store_copy import Progress, silent

_PIECE = 1024 * 1024


@dataclass
class Checked:
    runs: int = 0
    packs: int = 0
    bytes: int = 0
    differences: list[Mapping[str, Any]] = field(default_factory=list)
    damaged: set[str] = field(default_factory=set)  # names in the deposit
    newest: set[str] = field(default_factory=set)  # what the newest run needs, itself among it

    @property
    def newest_is_whole(self) -> bool:
        """What is missing belongs to older runs alone: all that stands today can be brought back."""
        return bool(self.newest) and not self.damaged & self.newest

    def tell(self, code: str, name: str, **facts: Any) -> None:
        self.differences.append({"code": code, "path": name, "object_id": "", **facts})
        self.damaged.add(name)


@dataclass
class References:
    """What all runs need. Packs of objects with the objects looked for in them; of trees with their files."""

    objects: dict[str, set[tuple[str, int]]] = field(default_factory=dict)
    files: dict[str, list[File]] = field(default_factory=dict)
    streams: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)

    @property
    def names(self) -> set[str]:
        return {*self.objects, *self.files, *self.streams, *self.lists}


def read_runs(deposit: Deposit, checked: Checked) -> Iterator[Run]:
    for name in deposit.runs():
        try:
            yield read_run(deposit, name)
        except DomainError:
            checked.tell("copy_run_damaged", name)


def references(deposit: Deposit, runs: list[Run], checked: Checked) -> References:
    found = References()
    for run in runs:
        for name in {*run.lists.values(), *run.trees.values()} - found.lists:
            found.lists.add(name)
            try:
                _read_into(found, deposit, name, is_tree=name in run.trees.values())
            except DomainError:
                checked.tell("copy_list_damaged", name)
        if run.database and (stream := run.database.get("stream")):
            found.streams.add(str(stream))
    return found


def _read_into(found: References, deposit: Deposit, name: str, *, is_tree: bool) -> None:
    if is_tree:
        for one in read_tree(deposit, name).values():
            if one.length:
                found.files.setdefault(one.pack, []).append(one)
        return
    for object_id, entry in read_list(deposit, name).items():
        for number, pack in enumerate(entry.packs, start=1):
            found.objects.setdefault(pack, set()).add((str(object_id), number))


def check(deposit: Deposit, progress: Progress = silent) -> Checked:
    """Everything any run needs, and the database's log."""
    checked = Checked()
    runs = list(read_runs(deposit, checked))
    checked.runs = len(runs)
    needed = references(deposit, runs, checked)
    checked.newest = {*deposit.runs()[-1:], *references(deposit, runs[-1:], Checked()).names}
    logs = [key for key in deposit.store.walk("wal/") if not key.endswith(".history")]
    total = len(needed.objects) + len(needed.files) + len(needed.streams) + len(logs)
    for done, name in enumerate(sorted(needed.objects)):
        _check_pack(deposit, name, needed.objects[name], checked)
        progress("check", done, total)
    for name in sorted({*needed.files, *needed.streams, *logs}):
        _check_sealed(deposit, name, checked)
        progress("check", checked.packs, total)
    progress("check", total, total)
    return checked


def _check_pack(deposit: Deposit, name: str, wanted: set[tuple[str, int]], checked: Checked) -> None:
    checked.packs += 1
    try:
        checked.bytes += deposit.store.stat(name).size
        with PackReader(deposit, name) as pack:
            for piece, path in pack.damaged():
                checked.tell("copy_damaged", name, object_id=str(piece.object_id), file=path)
            _check_gaps(pack, checked)
            there = {(str(piece.object_id), piece.number) for piece in pack.pieces}
            for object_id, number in sorted(wanted - there):
                checked.tell("copy_object_missing", name, object_id=object_id, file=f"v{number}")
    except DomainError as problem:
        code = "copy_missing" if problem.code == "content_missing" else "copy_damaged"
        for object_id, _ in sorted(wanted):
            checked.tell(code, name, object_id=object_id)


def _check_gaps(pack: PackReader, checked: Checked) -> None:
    """No byte of the pack that no file claims."""
    end = 0
    for placed in sorted((one for piece in pack.pieces for one in piece.files), key=lambda one: one.offset):
        if placed.offset != end:
            checked.tell("copy_damaged", pack.name)
        end = placed.offset + placed.length
    if end != pack.body:
        checked.tell("copy_damaged", pack.name)


def _check_sealed(deposit: Deposit, name: str, checked: Checked) -> None:
    checked.packs += 1
    try:
        with deposit.open(name) as source:
            while some := source.read(_PIECE):
                checked.bytes += len(some)
    except Invalid:
        checked.tell("copy_damaged", name)
    except DomainError:
        checked.tell("copy_missing", name)
