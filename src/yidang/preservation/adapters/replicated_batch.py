"""Many folders written to several stores at once."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, BinaryIO, cast

from yidang.kernel.errors import Unavailable
from yidang.preservation.ports import Batch, Draft

if TYPE_CHECKING:
    from yidang.preservation.adapters.replicated import ReplicatedStore


class ReplicatedDraft:
    """`parts`: copy → its own draft; a copy that fails on the way is left out from there on."""

    def __init__(self, batch: "ReplicatedBatch", claim: str, parts: dict[int, Draft]) -> None:
        self._batch = batch
        self.claim = claim
        self.parts = parts

    def content(self, name: str, data: bytes) -> None:
        for number, part in self._living():
            with self._batch.watched(number):
                part.content(name, data)

    def control(self, name: str, data: bytes) -> None:
        for number, part in self._living():
            with self._batch.watched(number):
                part.control(name, data)

    @contextmanager
    def sink(self, name: str) -> Iterator[BinaryIO]:
        with ExitStack() as stack:
            sinks = {}
            for number, part in self._living():
                with self._batch.watched(number):
                    sinks[number] = stack.enter_context(part.sink(name))
            yield cast("BinaryIO", _Fan(self._batch, sinks))

    def withdraw(self) -> None:
        for _, part in self._living():
            part.withdraw()

    def _living(self) -> list[tuple[int, Draft]]:
        return [(number, part) for number, part in self.parts.items() if number in self._batch.batches]


class _Fan:
    def __init__(self, batch: "ReplicatedBatch", sinks: dict[int, BinaryIO]) -> None:
        self._batch = batch
        self._sinks = sinks

    def write(self, data: bytes) -> int:
        for number, sink in self._sinks.items():
            if number in self._batch.batches:
                with self._batch.watched(number):
                    sink.write(data)
        return len(data)


class ReplicatedBatch:
    def __init__(self, store: "ReplicatedStore", batches: dict[int, Batch]) -> None:
        self._store = store
        self.batches = batches
        self._drafts: list[ReplicatedDraft] = []

    def draft(self, prefix: str, *, claim: str) -> ReplicatedDraft:
        parts = {}
        for number, batch in list(self.batches.items()):
            with self.watched(number):
                parts[number] = batch.draft(prefix, claim=claim)
        draft = ReplicatedDraft(self, prefix + claim, parts)
        self._drafts.append(draft)
        return draft

    def publish(self) -> list[bool]:
        with self._store.deciding():
            lost = [self._store.exists(draft.claim) for draft in self._drafts]
            for draft, is_lost in zip(self._drafts, lost, strict=True):
                if is_lost:
                    draft.withdraw()
            outcomes = [not is_lost for is_lost in lost]
            done = 0
            for number, batch in list(self.batches.items()):
                with self.watched(number):
                    batch.publish()
                    done += 1
        self._drafts = []
        if any(outcomes):
            self._store.require_quorum(done, self.problem)
        return outcomes

    problem: Unavailable | None = None

    @contextmanager
    def watched(self, number: int) -> Iterator[None]:
        """A copy that cannot go on is left out, as long as a quorum can."""
        try:
            yield
        except (Unavailable, OSError) as problem:
            self.problem = problem if isinstance(problem, Unavailable) else Unavailable("store_unreachable", problem="")
            self.batches.pop(number, None)
            self._store.away(number)
            if len(self.batches) < self._store.quorum:
                self._store.require_quorum(len(self.batches), self.problem)
