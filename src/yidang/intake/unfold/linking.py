"""挂接: which files a catalogue row describes, by file name or by number."""

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from yidang.intake.unfold.boundaries import Entry, in_order

NUMBER_FIELDS = ("legacy_code", "number")


@dataclass(frozen=True)
class CatalogueEntry:
    """One row: its number in the sheet and its cells by field."""

    number: int
    values: Mapping[str, str]


@dataclass
class Link:
    """A row with its files; `code` says what is wrong with the row, `facts` what its message needs."""

    row: CatalogueEntry
    files: list[Entry] = field(default_factory=list)
    code: str = ""
    facts: dict[str, object] = field(default_factory=dict)

    def mark(self, code: str, **facts: object) -> None:
        """The first thing found wrong is what the person is told."""
        if not self.code:
            self.code, self.facts = code, facts


def link(rows: Sequence[CatalogueEntry], entries: Sequence[Entry]) -> tuple[list[Link], list[Entry]]:
    """Every row with its files, and the files no row speaks of."""
    places = _Places(entries)
    links = [Link(row) for row in rows]
    _mark_repeated_numbers(links)
    for linked in links:
        _find_files(linked, places)
    _mark_shared_files(links)
    taken = {entry.key for linked in links for entry in linked.files}
    return links, [entry for entry in entries if entry.key not in taken]


def _mark_repeated_numbers(links: Sequence[Link]) -> None:
    """A number that stands on two rows says of neither which record it is."""
    for name in NUMBER_FIELDS:
        first: dict[str, Link] = {}
        for linked in links:
            number = fold(linked.row.values.get(name, ""))
            if not number:
                continue
            other = first.setdefault(number, linked)
            if other is not linked:
                for one, two in ((linked, other), (other, linked)):
                    one.mark("row_number_twice", number=linked.row.values[name], other=two.row.number)


def _find_files(linked: Link, places: "_Places") -> None:
    name = linked.row.values.get("file_name", "")
    if name:
        found = places.by_name(name)
        if found == _AMBIGUOUS:
            linked.mark("row_file_ambiguous", name=name)
        elif found:
            linked.files = found
        else:
            linked.mark("row_file_missing", name=name)
        return
    for number_field in NUMBER_FIELDS:
        number = linked.row.values.get(number_field, "")
        linked.files = places.by_number(number) if number else []
        if linked.files:
            return


def _mark_shared_files(links: Sequence[Link]) -> None:
    uses = Counter(entry.key for linked in links for entry in linked.files)
    for linked in links:
        shared = next((entry for entry in linked.files if uses[entry.key] > 1), None)
        if shared is not None:
            linked.mark("row_file_twice", name=shared.path)


_AMBIGUOUS: list[Entry] = [Entry(key="?", path="?")]


class _Places:
    """The received files by every way a row may name them."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._by_path: dict[str, list[Entry]] = defaultdict(list)
        self._by_base: dict[str, list[Entry]] = defaultdict(list)
        self._by_stem: dict[str, list[Entry]] = defaultdict(list)
        self._by_folder: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            path = PurePosixPath(fold_path(entry.path))
            self._by_path[str(path)].append(entry)
            self._by_base[path.name].append(entry)
            self._by_stem[path.stem].append(entry)
            for folder in path.parents:
                if folder.name:
                    self._by_folder[folder.name].append(entry)
                    self._by_folder[str(folder)].append(entry)

    def by_name(self, name: str) -> list[Entry]:
        folded = fold_path(name).removeprefix("./").rstrip("/")
        exact = self._by_path.get(folded)
        if exact:
            return exact if len(exact) == 1 else _AMBIGUOUS
        base = PurePosixPath(folded).name
        for index, wanted in ((self._by_base, base), (self._by_stem, folded)):
            found = index.get(wanted, [])
            if found:
                return found if len(found) == 1 else _AMBIGUOUS
        return in_order(_unique(self._by_folder.get(folded, [])))

    def by_number(self, number: str) -> list[Entry]:
        for wanted in dict.fromkeys((fold(number), fold(number).lstrip("0"))):
            if not wanted:
                continue
            for index in (self._by_stem, self._by_folder):
                found = index.get(wanted) or self._padded(index, wanted)
                if found and (index is self._by_folder or len(found) == 1):
                    return in_order(_unique(found))
        return []

    @staticmethod
    def _padded(index: Mapping[str, list[Entry]], number: str) -> list[Entry]:
        """`7` stands for `0007` too."""
        if not number.isdigit():
            return []
        return next((index[key] for width in range(1, 9) if (key := number.zfill(width)) in index), [])


def _unique(entries: Sequence[Entry]) -> list[Entry]:
    return list({entry.key: entry for entry in entries}.values())


def fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def fold_path(path: str) -> str:
    return unicodedata.normalize("NFC", path.replace("\\", "/")).casefold().strip()
