"""Every stored byte read and judged in every copy, and put right from a copy that is good.

What vouches: the ledger's digest for a version's inventory (where the caller has it, else the inventory's own sidecar),
the inventory for content. What follows from an inventory, sidecars and declarations, is written anew.
"""

import hashlib
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from yidang.kernel.errors import DomainError, NotFound
from yidang.preservation.adapters.replicated import ReplicatedStore
from yidang.preservation.copies.store_copy import Progress, silent
from yidang.preservation.folder_reading import Seen, read_folder
from yidang.preservation.inventory import (
    INVENTORY,
    OBJECT_NAMASTE,
    OBJECT_NAMASTE_CONTENT,
    SIDECAR,
    Inventory,
    decode,
    sidecar,
)
from yidang.preservation.layout import ROOT_FILES, object_prefix, ocfl_id
from yidang.preservation.ports import ObjectStore
from yidang.preservation.reading import object_ids_in, read_key

_PIECE = 4 * 1024 * 1024
Remembered = Callable[[UUID], Mapping[int, str] | None]  # version → SHA-512 of its inventory


@dataclass
class Scrubbed:
    objects: int = 0
    files: int = 0
    bytes: int = 0
    healed: int = 0
    differences: list[dict[str, Any]] = field(default_factory=list)
    wounded: list[UUID] = field(default_factory=list)  # not healed: no copy here is good

    def tell(self, code: str, object_id: UUID | None, path: str, *, copy: int, healed: bool) -> None:
        facts = {"object_id": str(object_id or ""), "path": path, "copy": copy + 1, "healed": healed}
        self.differences.append({"code": code, **facts})
        self.healed += healed
        if not healed and object_id is not None and object_id not in self.wounded:
            self.wounded.append(object_id)


@dataclass(frozen=True, slots=True)
class _Truth:
    """What every copy of one object should hold: some files to the byte, of others the SHA-512."""

    object_id: UUID
    prefix: str
    exact: Mapping[str, bytes]
    content: Mapping[str, str]


def copies_of(store: ObjectStore) -> list[ObjectStore]:
    return store.stores if isinstance(store, ReplicatedStore) else [store]


class Scrub:
    """`pace`: seconds of rest for each second of work, so that a scrub in the background disturbs nobody."""

    def __init__(
        self,
        store: ObjectStore,
        remembered: Remembered,
        *,
        repair: bool,
        pace: float = 0.0,
        progress: Progress = silent,
    ) -> None:
        self._store = store
        self._copies = copies_of(store)
        self._remembered = remembered
        self._repair = repair
        self._pace = pace
        self._progress = progress
        self.found = Scrubbed()

    def run(self, wanted: Callable[[], bool] = lambda: True) -> Scrubbed:
        if isinstance(self._store, ReplicatedStore) and self._repair:
            self._store.settle_notes()
        self._scrub_root()
        for object_id in object_ids_in(self._store):
            if not wanted():
                break
            began = time.monotonic()
            self.scrub(object_id)
            if self._pace:
                time.sleep((time.monotonic() - began) * self._pace)
        return self.found

    def scrub(self, object_id: UUID) -> None:
        prefix = object_prefix(object_id)
        seen = [self._look(copy, prefix) for copy in range(len(self._copies))]
        inventories = self._good_inventories(object_id, seen)
        self.found.objects += 1
        self._progress("scrub", self.found.objects, 0)
        if not inventories:
            for copy in range(len(self._copies)):
                self.found.tell("scrub_inventory_lost", object_id, prefix + INVENTORY, copy=copy, healed=False)
            return
        exact = dict(_controls({number: one[0] for number, one in inventories.items()}))
        content = {path: digest for digest, path in inventories[max(inventories)][1].manifest.items()}
        for copy, one in enumerate(seen):
            if one is not None:
                self._judge(_Truth(object_id, prefix, exact, content), copy, one)

    def _look(self, copy: int, prefix: str) -> Seen | None:
        try:
            seen = read_folder(self._copies[copy], prefix)
        except DomainError:
            self.found.tell("scrub_away", None, "", copy=copy, healed=False)
            return None
        self.found.files += len(seen.digests) + len(seen.controls)
        self.found.bytes += seen.bytes
        return seen

    def _judge(self, truth: "_Truth", copy: int, seen: Seen) -> None:
        object_id, prefix, exact, content = truth.object_id, truth.prefix, truth.exact, truth.content
        if seen.controls == exact and seen.digests == content:
            return
        there = seen.paths
        for path in sorted({*exact, *content}):
            if path in exact and seen.controls.get(path) != exact[path]:
                healed = self._repair and self._put(copy, prefix + path, exact[path])
            elif path in content and seen.digests.get(path) != content[path]:
                healed = self._repair and self._heal(copy, prefix + path, content[path])
            else:
                continue
            code = "scrub_altered" if path in there else "scrub_missing"
            self.found.tell(code, object_id, prefix + path, copy=copy, healed=healed)
        for path in sorted(there - exact.keys() - content.keys()):
            self.found.tell("scrub_unexpected", object_id, prefix + path, copy=copy, healed=False)

    def _good_inventories(self, object_id: UUID, seen: Sequence[Seen | None]) -> dict[int, tuple[bytes, Inventory]]:
        """Of every version that some copy tells soundly: its inventory, as bytes and as what they say."""
        memory = self._remembered(object_id)
        found: dict[int, tuple[bytes, Inventory]] = {}
        for number in sorted(memory) if memory else range(1, 1 + _newest(seen)):
            for one in seen:
                told = one and _told(one, object_id, number, memory)
                if told:
                    found[number] = told
                    break
        return found if found and len(found) == max(found) else {}

    def _heal(self, copy: int, key: str, digest: str) -> bool:
        for other in range(len(self._copies)):
            if other != copy and self._digest(other, key) == digest:
                with self._copies[other].open(key) as source:
                    self._copies[copy].put(key, source)
                return True
        return False

    def _put(self, copy: int, key: str, data: bytes) -> bool:
        self._copies[copy].put(key, data)
        return True

    def _digest(self, copy: int, key: str) -> str | None:
        digest = hashlib.sha512()
        try:
            with self._copies[copy].open(key) as source:
                while piece := source.read(_PIECE):
                    digest.update(piece)
        except NotFound:
            return None
        return digest.hexdigest()

    def _scrub_root(self) -> None:
        for copy in range(len(self._copies)):
            try:
                for path, wanted in ROOT_FILES.items():
                    if self._read(copy, path) != wanted:
                        healed = self._repair and self._put(copy, path, wanted)
                        self.found.tell("scrub_altered", None, path, copy=copy, healed=healed)
            except DomainError:
                self.found.tell("scrub_away", None, "", copy=copy, healed=False)

    def _read(self, copy: int, key: str) -> bytes | None:
        try:
            return read_key(self._copies[copy], key)
        except NotFound:
            return None


def _newest(seen: Sequence[Seen | None]) -> int:
    folders = {path.partition("/")[0] for one in seen if one for path in one.controls if "/" in path}
    return max((int(name[1:]) for name in folders if name[:1] == "v" and name[1:].isdigit()), default=0)


def _told(seen: Seen, object_id: UUID, number: int, memory: Mapping[int, str] | None) -> tuple[bytes, Inventory] | None:
    data = seen.controls.get(f"v{number}/{INVENTORY}")
    if data is None or (memory is not None and hashlib.sha512(data).hexdigest() != memory[number]):
        return None
    if memory is None and seen.controls.get(f"v{number}/{SIDECAR}") != sidecar(data):
        return None
    told = _decoded(data)
    is_ours = told is not None and told.head == number and told.id == ocfl_id(object_id)
    return (data, told) if is_ours and told is not None else None


def _controls(inventories: Mapping[int, bytes]) -> Iterator[tuple[str, bytes]]:
    for number, data in inventories.items():
        yield f"v{number}/{INVENTORY}", data
        yield f"v{number}/{SIDECAR}", sidecar(data)
    head = inventories[max(inventories)]
    yield OBJECT_NAMASTE, OBJECT_NAMASTE_CONTENT
    yield SIDECAR, sidecar(head)
    yield INVENTORY, head


def _decoded(data: bytes) -> Inventory | None:
    try:
        return decode(data)
    except DomainError:
        return None


def nobody_remembers(_object_id: UUID) -> None:
    return None
