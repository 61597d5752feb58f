"""What the search asks of an index engine. Words and identifiers reach it as keyed tokens only."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, BinaryIO, Protocol
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

FACETS = ("year", "series", "process", "type", "department", "term", "institution", "seal", "state")


class Order(StrEnum):
    NEWEST = "newest"
    BEST = "best"


@dataclass(frozen=True, slots=True)
class IndexedItem:
    """What the index holds of an item; nothing of it can be read without the keys.

    `filed` in milliseconds since 1970, `formed` as the number yyyymmdd or 0, `stamp` 64 bits that change whenever
    anything of the item does.
    """

    item: UUID
    grams: Sequence[str]
    identifiers: Sequence[str]
    scopes: Sequence[str]
    facets: dict[str, str]
    filed: int
    formed: int
    stamp: int


@dataclass(frozen=True, slots=True)
class Way:
    """Open to an item that holds all the grams, all the identifiers and all the scopes."""

    grams: frozenset[str] = frozenset()
    identifiers: frozenset[str] = frozenset()
    scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Clause:
    """Held by an item to which one of the ways is open."""

    ways: Sequence[Way]


@dataclass(frozen=True, slots=True)
class Covered:
    """Items that hold one scope of every set, or that are named."""

    scopes: Sequence[frozenset[str]] = ()
    items: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Criteria:
    """`reaches` None: everything may be seen; else what any of them covers.

    Values of one facet are alternatives, different facets all hold.
    """

    clauses: Sequence[Clause] = ()
    excluded: Sequence[Clause] = ()
    reaches: Sequence[Covered] | None = None
    facets: dict[str, frozenset[str]] = field(default_factory=dict)
    formed_from: int | None = None
    formed_to: int | None = None
    among: frozenset[UUID] | None = None
    without: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Found:
    """One window of the items in the order asked for, and counts over all of them: facet → value → items."""

    total: int
    items: list[UUID]
    facets: dict[str, dict[str, int]]


class SearchIndex(Protocol):
    def watermark(self) -> int | None:
        """The last change taken in; None for an index that was never filled."""

    def apply(self, *, documents: Iterable[IndexedItem], removed: Iterable[UUID], watermark: int) -> None:
        """Takes all in or, after a crash, nothing. A document replaces the one its item had.

        Raises:
            Unavailable: `index_busy` when another process is writing.
        """

    def replace_all(self, *, documents: Iterable[IndexedItem], watermark: int) -> None:
        """As `apply`, on an index first emptied; readers see the old one until it is done."""

    def find(
        self, criteria: Criteria, *, order: Order, offset: int, limit: int, facets: Sequence[str] = ()
    ) -> Found: ...

    def stamps(self) -> Iterator[tuple[UUID, int]]:
        """Every item held, with its stamp, in the order of ids."""

    def damaged_files(self) -> list[str]:
        """Names of index files whose checksum does not hold."""


class PageSource(Protocol):
    """One page of an original file, as the file shows it: a scan that lies on its side still does."""

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels at its own resolution."""

    def render(self, longest: int | None = None) -> NDArray[np.uint8]:
        """Height x width x 3, blue-green-red; the longer side at most `longest` pixels."""


class PageFile(Protocol):
    def __getitem__(self, index: int, /) -> PageSource: ...
    def close(self) -> Any: ...


class PageOpener(Protocol):
    """What `settings.PAGE_OPENER` names: intake knows the formats, and the two rooms do not know each other."""

    def __call__(self, reader: BinaryIO, media_type: str, /) -> PageFile: ...
