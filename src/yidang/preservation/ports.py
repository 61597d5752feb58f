"""What preservation needs of a place to keep bytes: a local directory today, an S3 bucket tomorrow."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Stat:
    size: int


@dataclass(frozen=True, slots=True)
class Children:
    """Names, sorted. A symbolic link is a file."""

    folders: tuple[str, ...]
    files: tuple[str, ...]


class Draft(Protocol):
    """One folder, or one addition to a folder, that nobody sees before its batch is published."""

    def content(self, name: str, data: bytes) -> None: ...

    def sink(self, name: str) -> AbstractContextManager[BinaryIO]:
        """For content too large to hold: what is written here is kept when the context ends well."""
        ...

    def control(self, name: str, data: bytes) -> None:
        """A file that makes the content count. Control files appear after all content, in the order given."""
        ...

    def withdraw(self) -> None:
        """Nothing of it will be published; its outcome is False."""
        ...


class Batch(Protocol):
    """Many folders written together, so that the waits for the disk are shared."""

    def draft(self, prefix: str, *, claim: str) -> Draft:
        """`claim` names the control file whose creation decides which of two writers was first."""
        ...

    def publish(self) -> list[bool]:
        """Makes every draft durable and visible, each wholly or not at all, in the order they were begun.

        False stands for a draft whose claim another writer holds already: nothing of it remains.
        """
        ...


class ObjectStore(Protocol):
    """Bytes under keys. A key is a path with `/`, without `.` and `..`. Everything is durable when a call returns.

    Engine troubles surface as Unavailable: `store_full`, `store_read_only`, `store_unreachable`.
    """

    def put(self, key: str, data: bytes | BinaryIO, *, if_absent: bool = False) -> None:
        """Replaces what the key held. With `if_absent`, raises Conflict `key_taken` instead."""
        ...

    def open(self, key: str) -> BinaryIO:
        """Seekable. Raises NotFound `content_missing`."""
        ...

    def exists(self, key: str) -> bool: ...

    def stat(self, key: str) -> Stat:
        """Raises NotFound `content_missing`."""
        ...

    def walk(self, prefix: str = "") -> Iterator[str]:
        """Every key at or below the folder `prefix` (blank, or ending in `/`), sorted within each folder."""
        ...

    def children(self, prefix: str = "") -> Children:
        """What lies directly below the folder `prefix`; nothing when there is none."""
        ...

    def delete(self, key: str) -> None:
        """Removes one key; none there is no error."""
        ...

    def delete_prefix(self, prefix: str) -> None:
        """Removes every key below the folder `prefix`."""
        ...

    def batch(self) -> AbstractContextManager[Batch]:
        """What is not published when the context ends is thrown away."""
        ...

    def sweep(self) -> int:
        """Throws away what writers that no longer live had begun; says how many beginnings there were."""
        ...


@runtime_checkable
class Replicated(Protocol):
    """A store of several copies."""

    def each(self, key: str) -> Iterator[BinaryIO]:
        """What every copy within reach holds under the key, opened one after the other as it is asked for."""
        ...

    def secure(self, prefix: str) -> None:
        """What stands below the folder in any copy stands in a quorum when this returns."""
        ...
