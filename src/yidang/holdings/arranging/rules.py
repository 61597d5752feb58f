"""Which papers make a volume, and how pages run through it. Pure: people and cases are keyed digests."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from yidang.kernel.period import term_years


@dataclass(frozen=True, slots=True)
class Paper:
    """`persons`: digests of ID numbers; `names`: of names; `cases`: of case numbers and hospital stays."""

    item: UUID
    position: int
    persons: frozenset[bytes] = frozenset()
    names: frozenset[bytes] = frozenset()
    cases: frozenset[bytes] = frozenset()
    formed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Papers in the order proposed. `is_by_name`: only a name holds them together, and names are shared."""

    papers: tuple[Paper, ...]
    has_person: bool
    has_case: bool
    is_by_name: bool


_Key = tuple[bytes, bytes]
_NO_PERSON = _NO_CASE = b""


def groups(papers: Sequence[Paper]) -> list[Group]:
    """One group for each person and case, in order of receipt.

    A person's papers without a case of their own go together; a case is what at least two papers of the person share.
    Papers that name several people, or nobody and no shared case, are left to the archivist.
    """
    people = _people(papers)
    shared = _shared_cases(papers, people)
    found: dict[_Key, list[Paper]] = defaultdict(list)
    for paper in papers:
        person = people[paper.item]
        if person is None:
            continue
        key = person, min(paper.cases & shared[person], default=_NO_CASE)
        if key != (_NO_PERSON, _NO_CASE):
            found[key].append(paper)
    return [_group(key, together) for key, together in found.items()]


def _people(papers: Sequence[Paper]) -> dict[UUID, bytes | None]:
    """Item → the one person it is about; `b""` for nobody, None for several."""
    bearers: dict[bytes, set[bytes]] = defaultdict(set)
    for paper in papers:
        if len(paper.persons) == len(paper.names) == 1:
            bearers[min(paper.names)] |= paper.persons
    return {paper.item: _person(paper, bearers) for paper in papers}


def _person(paper: Paper, bearers: Mapping[bytes, set[bytes]]) -> bytes | None:
    """Who bears a name is known where only one of the numbered people bears it; else the name stands for itself."""
    known = paper.persons or paper.names
    if len(known) > 1:
        return None
    if not known:
        return _NO_PERSON
    (one,) = known
    numbered = set() if paper.persons else bearers.get(one, set())
    return min(numbered) if len(numbered) == 1 else one


def _shared_cases(papers: Sequence[Paper], people: Mapping[UUID, bytes | None]) -> dict[bytes, frozenset[bytes]]:
    count: dict[tuple[bytes, bytes], int] = defaultdict(int)
    for paper in papers:
        person = people[paper.item]
        for case in paper.cases:
            if person is not None:
                count[person, case] += 1
    found: dict[bytes, set[bytes]] = defaultdict(set)
    for (person, case), papers_of_it in count.items():
        if papers_of_it > 1:
            found[person].add(case)
    return defaultdict(frozenset, {person: frozenset(cases) for person, cases in found.items()})


def _group(key: _Key, papers: Sequence[Paper]) -> Group:
    person, case = key
    return Group(
        papers=tuple(sorted(papers, key=_by_date)),
        has_person=bool(person),
        has_case=bool(case),
        is_by_name=bool(person) and not any(paper.persons for paper in papers),
    )


def _by_date(paper: Paper) -> tuple[bool, date, int]:
    """The undated last; of one day, as they came."""
    return paper.formed_on is None, paper.formed_on or date.min, paper.position


def page_spans(counts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last page of each item when the pages of a volume are counted through; (0, 0) for one without any."""
    before = 0
    for count in counts:
        yield (before + 1, before + count) if count else (0, 0)
        before += count


def longest_term(terms: Sequence[str]) -> str:
    """A volume is kept as long as what lies longest in it."""
    return max(terms, key=_length)


def _length(term: str) -> float:
    years = term_years(term)
    return float("inf") if years is None else years
