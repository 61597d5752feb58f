"""Many folders written to a bucket.

Content goes up at once under names no other attempt uses. Then the claim, which only one writer can make; after it
anybody can finish the folder, since the claim holds all there is to say. What lies beside the winner's content is
removed by the winner, what a loser wrote by the loser.
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, Protocol

from yidang.kernel.errors import Conflict

_IN_MEMORY = 8 * 1024 * 1024


class Bucket(Protocol):
    def put(self, key: str, data: bytes | BinaryIO, *, if_absent: bool = False) -> None: ...
    def open(self, key: str) -> BinaryIO: ...
    def walk(self, prefix: str = "") -> Iterator[str]: ...
    def delete_keys(self, keys: list[str]) -> None: ...


class S3Draft:
    def __init__(self, bucket: Bucket, prefix: str, claim: str) -> None:
        self._bucket = bucket
        self._prefix = prefix
        self._claim = claim
        self._control: dict[str, bytes] = {}
        self._uploaded: list[str] = []
        self._is_withdrawn = False

    def withdraw(self) -> None:
        self._is_withdrawn = True

    def content(self, name: str, data: bytes) -> None:
        self._uploaded.append(self._prefix + name)
        self._bucket.put(self._prefix + name, data)

    @contextmanager
    def sink(self, name: str) -> Iterator[BinaryIO]:
        with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as spool:
            yield spool  # type: ignore[misc] # sealed already, so a spool on the local disk tells nothing
            spool.seek(0)
            self._uploaded.append(self._prefix + name)
            self._bucket.put(self._prefix + name, spool)  # type: ignore[arg-type]

    def control(self, name: str, data: bytes) -> None:
        self._control[name] = data

    def publish(self) -> bool:
        if self._is_withdrawn:
            self.discard()
            return False
        # From here on the claim may stand though its answer was lost: what it names is never removed by us again.
        kept, self._uploaded = self._uploaded, []
        try:
            self._bucket.put(self._prefix + self._claim, self._control[self._claim], if_absent=True)
        except Conflict:
            if not self._is_claimed_by_us():
                self._uploaded = kept
                self.discard()
                return False
        for name, data in self._control.items():
            if name != self._claim:
                self._bucket.put(self._prefix + name, data)
        self._remove_strays(kept)
        return True

    def _is_claimed_by_us(self) -> bool:
        """A claim repeated because its answer was lost meets itself; no two attempts make the same one."""
        with self._bucket.open(self._prefix + self._claim) as standing:
            return standing.read() == self._control[self._claim]

    def discard(self) -> None:
        if self._uploaded:
            self._bucket.delete_keys(self._uploaded)
            self._uploaded = []

    def _remove_strays(self, kept: list[str]) -> None:
        """Of attempts that were killed before their claim."""
        folder, _, _ = self._claim.rpartition("/")
        written = {*kept, *(self._prefix + name for name in self._control)}
        strays = [key for key in self._bucket.walk(f"{self._prefix}{folder}/") if key not in written]
        if strays:
            self._bucket.delete_keys(strays)


class S3Batch:
    def __init__(self, bucket: Bucket) -> None:
        self._bucket = bucket
        self._drafts: list[S3Draft] = []

    def draft(self, prefix: str, *, claim: str) -> S3Draft:
        draft = S3Draft(self._bucket, prefix, claim)
        self._drafts.append(draft)
        return draft

    def publish(self) -> list[bool]:
        return [draft.publish() for draft in self._drafts]

    def discard(self) -> None:
        for draft in self._drafts:
            draft.discard()
