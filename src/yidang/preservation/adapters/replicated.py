"""One store over several: a write counts when a quorum has it, a read is answered by the first that can.

One machine writes. Claims are decided under a lock of that machine, and looked for in every copy within reach, so that
a copy that was away does not let a second writer win. What a copy missed is brought to it by the scrub; what it should
have deleted is remembered in a note beside the lock.
"""

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO, TypeVar

from yidang.kernel.errors import NotFound, Unavailable
from yidang.preservation.adapters.engine import missing, taken
from yidang.preservation.adapters.files import FOLDER_MODE, sync_path
from yidang.preservation.adapters.replicated_batch import ReplicatedBatch
from yidang.preservation.ports import Batch, Children, ObjectStore, Stat

T = TypeVar("T")
_REST = 30.0  # seconds in which a copy out of reach is not asked again


class ReplicatedStore:
    def __init__(self, stores: Sequence[ObjectStore], *, quorum: int, notes: Path) -> None:
        self.stores = list(stores)
        self.quorum = quorum
        self._notes = notes
        self._away: dict[int, float] = {}

    def put(self, key: str, data: bytes | BinaryIO, *, if_absent: bool = False) -> None:
        whole = data if isinstance(data, bytes) else None
        with self.deciding() if if_absent else ExitStack():
            if if_absent and self.exists(key):
                raise taken(key)
            start = 0 if isinstance(data, bytes) else data.tell()

            def write(store: ObjectStore) -> None:
                if whole is None and not isinstance(data, bytes):
                    data.seek(start)
                store.put(key, data if whole is None else whole)

            self.on_quorum(write)

    def open(self, key: str) -> BinaryIO:
        return self._first(key, lambda store: store.open(key))

    def each(self, key: str) -> Iterator[BinaryIO]:
        for number in self.near():
            try:
                source = self.stores[number].open(key)
            except NotFound:
                continue
            except Unavailable:
                self.away(number)
                continue
            yield source

    def stat(self, key: str) -> Stat:
        return self._first(key, lambda store: store.stat(key))

    def exists(self, key: str) -> bool:
        return any(self._ask(lambda store: store.exists(key)))

    def walk(self, prefix: str = "") -> Iterator[str]:
        yield from sorted({key for keys in self._ask(lambda store: list(store.walk(prefix))) for key in keys})

    def children(self, prefix: str = "") -> Children:
        found = self._ask(lambda store: store.children(prefix))
        folders = {name for one in found for name in one.folders}
        files = {name for one in found for name in one.files}
        return Children(tuple(sorted(folders)), tuple(sorted(files)))

    def delete(self, key: str) -> None:
        self._delete(key, lambda store: store.delete(key))

    def delete_prefix(self, prefix: str) -> None:
        self._delete(prefix, lambda store: store.delete_prefix(prefix))

    @contextmanager
    def batch(self) -> Iterator[ReplicatedBatch]:
        with ExitStack() as stack:
            batches: dict[int, Batch] = {}
            for number in self.near():
                try:
                    batches[number] = stack.enter_context(self.stores[number].batch())
                except Unavailable:
                    self.away(number)
            yield ReplicatedBatch(self, batches)

    def sweep(self) -> int:
        self.settle_notes()
        return sum(self._ask(lambda store: store.sweep()))

    def secure(self, prefix: str) -> None:
        """What stands below the folder in any copy stands in a quorum when this returns."""
        for key in self.walk(prefix):
            holders = [number for number in self.near() if self._has(number, key)]
            if len(holders) < self.quorum:
                with self.open(key) as source:
                    self.put(key, source.read())

    def near(self) -> list[int]:
        """The copies worth asking; all of them when none is."""
        asked = [n for n in range(len(self.stores)) if time.monotonic() - self._away.get(n, -_REST) >= _REST]
        return asked or list(range(len(self.stores)))

    def away(self, number: int) -> None:
        self._away[number] = time.monotonic()

    def on_quorum(self, step: Callable[[ObjectStore], object]) -> None:
        """Raises Unavailable `store_quorum_missed`; whatever was written stays, and the call may be repeated."""
        done, problem = 0, None
        for number in self.near():
            try:
                step(self.stores[number])
                done += 1
            except Unavailable as found:
                problem = found
                self.away(number)
        self.require_quorum(done, problem)

    def require_quorum(self, done: int, problem: Unavailable | None = None) -> None:
        if done >= self.quorum:
            return
        if problem is not None and done == 0:
            raise problem
        raise Unavailable("store_quorum_missed", have=done, need=self.quorum)

    @contextmanager
    def deciding(self) -> Iterator[None]:
        self._notes.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        handle = os.open(self._notes / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def settle_notes(self) -> int:
        """Deletes what a copy that was away still holds; how many notes are settled."""
        count = 0
        self._away.clear()
        for note in sorted(self._notes.glob("deleted-*")):
            key = note.read_text(encoding="utf-8")
            if not self._try_delete(key):
                note.unlink()
                count += 1
        return count

    def _delete(self, key: str, step: Callable[[ObjectStore], None]) -> None:
        """The note first: a copy away now, or a kill in between, must not bring it back."""
        self._notes.mkdir(parents=True, exist_ok=True, mode=FOLDER_MODE)
        note = self._notes / f"deleted-{hashlib.sha256(key.encode()).hexdigest()[:32]}"
        note.write_text(key, encoding="utf-8")
        sync_path(note)
        sync_path(self._notes)
        missed = self._each(step)
        if not missed:
            note.unlink(missing_ok=True)
        self.require_quorum(len(self.stores) - len(missed))

    def _try_delete(self, key: str) -> list[int]:
        return self._each(lambda store: store.delete_prefix(key) if key.endswith("/") else store.delete(key))

    def _each(self, step: Callable[[ObjectStore], None]) -> list[int]:
        """On every copy; those that missed it."""
        missed = [number for number in range(len(self.stores)) if number not in self.near()]
        for number in self.near():
            try:
                step(self.stores[number])
            except Unavailable:
                self.away(number)
                missed.append(number)
        return missed

    def _first(self, key: str, ask: Callable[[ObjectStore], T]) -> T:
        problem: Unavailable | None = None
        for number in self.near():
            try:
                return ask(self.stores[number])
            except NotFound:
                continue
            except Unavailable as found:
                problem = found
                self.away(number)
        raise problem or missing(key)

    def _ask(self, ask: Callable[[ObjectStore], T]) -> list[T]:
        answers, problem = list[T](), None
        for number in self.near():
            try:
                answers.append(ask(self.stores[number]))
            except Unavailable as found:
                problem = found
                self.away(number)
        if not answers and problem is not None:
            raise problem
        return answers

    def _has(self, number: int, key: str) -> bool:
        try:
            return self.stores[number].exists(key)
        except Unavailable:
            self.away(number)
            return False
