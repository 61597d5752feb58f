"""The object store into the deposit. Versions never change, so only those not yet there are read.

An object is looked at through its sidecar alone; it is copied when that tells of another inventory than the last run's.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from yidang.kernel.errors import Invalid, NotFound
from yidang.preservation.copies.deposit import Deposit
from yidang.preservation.copies.manifest import Entry, read_list, write_list
from yidang.preservation.copies.packs import PackReader, PackWriter
from yidang.preservation.inventory import INVENTORY, SIDECAR, decode
from yidang.preservation.inventory import sidecar as sidecar_of
from yidang.preservation.layout import object_of_folder, object_prefix
from yidang.preservation.ports import ObjectStore
from yidang.preservation.reading import read_key

Progress = Callable[[str, int, int], None]  # stage, done, total (0: not known)
_REPORT_EVERY = 256


def silent(_stage: str, _done: int, _total: int) -> None:
    pass


@dataclass
class Copied:
    lists: dict[str, str] = field(default_factory=dict)
    objects: int = 0
    versions: int = 0
    new_versions: int = 0
    stored_bytes: int = 0
    problems: list[Mapping[str, Any]] = field(default_factory=list)


class StoreCopy:
    """One run over one place of objects. `before`: lists of the last run; `only`: objects to copy, all when None."""

    def __init__(
        self,
        place: str,
        store: ObjectStore,
        deposit: Deposit,
        before: Mapping[str, str],
        *,
        only: Collection[UUID] | None = None,
        progress: Progress = silent,
    ) -> None:
        self._place = place
        self._store = store
        self._deposit = deposit
        self._before = before
        self._only = only
        self._progress = progress
        self._copied = Copied()
        self._pack = PackWriter(deposit)
        self._there = {f"packs/{key}" for key in names_below(deposit.store, "packs/")}
        self._adopted: dict[tuple[UUID, int, bytes], str] = {}

    def run(self, strays: Collection[str] = ()) -> Copied:
        """`strays`: packs of runs cut short, whose versions need not be copied again."""
        self._adopt(strays)
        try:
            for fan in self._store.children().folders:
                if len(fan) == 2:  # noqa: PLR2004 - the layout's fan-out folders have two digits
                    self._copy_fan(fan)
            self._close_pack()
        finally:
            self._pack.discard()
        return self._copied

    def _copy_fan(self, fan: str) -> None:
        name = self._name(fan)
        before = self._known(name)
        now: dict[UUID, Entry] = {}
        for folder in self._store.children(f"{fan}/").folders:
            object_id = object_of_folder(fan, folder)
            if object_id is None:
                continue
            entry = self._copy_object(object_id, before.get(object_id))
            if entry is not None:
                now[object_id] = entry
            self._count(entry)
        self._list(name, before, now)

    def _name(self, fan: str) -> str:
        return f"{self._place}/{fan}"

    def _known(self, name: str) -> dict[UUID, Entry]:
        """What the last run has of it, as far as its packs are still there."""
        try:
            found = read_list(self._deposit, self._before[name]) if name in self._before else {}
        except (Invalid, NotFound):
            return {}
        return {key: one for key, one in found.items() if self._there.issuperset(one.packs)}

    def _list(self, name: str, before: dict[UUID, Entry], now: dict[UUID, Entry]) -> None:
        """It may name the pack just being filled: nothing of this counts before the run's manifest."""
        if now == before and name in self._before and now:
            self._copied.lists[name] = self._before[name]
        elif now:
            self._copied.lists[name] = write_list(self._deposit, now)

    def _copy_object(self, object_id: UUID, known: Entry | None) -> Entry | None:
        """Damage is named and never copied: what the last run had of the object stays."""
        prefix = object_prefix(object_id)
        try:
            mark = read_key(self._store, prefix + SIDECAR).split(b" ")[0].decode(errors="replace")
            if known is not None and known.digest == mark:
                return known
            if self._only is not None and object_id not in self._only:
                return known
            return self._copy_versions(object_id, prefix, mark, known)
        except (Invalid, NotFound) as problem:
            self._copied.problems.append({"code": "copy_source_damaged", "object_id": str(object_id), **problem.facts})
            return known

    def _copy_versions(self, object_id: UUID, prefix: str, mark: str, known: Entry | None) -> Entry:
        root = read_key(self._store, prefix + INVENTORY)
        if sidecar_of(root).split(b" ")[0].decode() != mark:
            raise Invalid("content_damaged", path=INVENTORY)
        inventory = decode(root)
        packs = list(known.packs) if known and known.head <= inventory.head else []
        for number in range(len(packs) + 1, inventory.head + 1):
            packs.append(self._copy_version(object_id, prefix, number))
        return Entry(mark, tuple(packs))

    def _copy_version(self, object_id: UUID, prefix: str, number: int) -> str:
        encoded = read_key(self._store, f"{prefix}v{number}/{INVENTORY}")
        if read_key(self._store, f"{prefix}v{number}/{SIDECAR}") != sidecar_of(encoded):
            raise Invalid("content_damaged", path=f"v{number}/{INVENTORY}")
        if found := self._adopted.get((object_id, number, encoded)):
            return found
        if self._pack.is_full:
            self._close_pack()
        self._pack.add(object_id, number, encoded, lambda path: self._store.open(prefix + path))
        self._copied.new_versions += 1
        return self._pack.name

    def _close_pack(self) -> None:
        if self._pack.pieces:
            self._copied.stored_bytes += self._pack.close()
            self._pack = PackWriter(self._deposit)

    def _count(self, entry: Entry | None) -> None:
        if entry is not None:
            self._copied.objects += 1
            self._copied.versions += entry.head
        if self._copied.objects % _REPORT_EVERY == 0:
            self._progress("store", self._copied.objects, 0)

    def _adopt(self, strays: Collection[str]) -> None:
        for name in strays:
            try:
                with PackReader(self._deposit, name) as pack:
                    for piece in pack.pieces:
                        self._adopted[piece.object_id, piece.number, piece.inventory] = name
            except (Invalid, NotFound):
                continue


def names_below(store: ObjectStore, prefix: str) -> Iterator[str]:
    for fan in store.children(prefix).folders:
        for name in store.children(f"{prefix}{fan}/").files:
            yield f"{fan}/{name}"
