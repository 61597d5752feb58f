"""What a quarter's use suggests: pure counting, with the limits given from outside."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

_PAIR = 2


@dataclass(frozen=True, slots=True)
class Limits:
    slow_ms: int
    shown: int
    least_repeats: int
    busy_share: float
    narrow_share: float
    least_of_class: int
    least_paper_loans: int


@dataclass(frozen=True, slots=True)
class Search:
    """`outcome`: performed, refused or failed; `code` says why for the last two."""

    outcome: str
    words: str
    ms: int = 0
    total: int = 0
    code: str = ""


@dataclass(frozen=True)
class Gathered:
    """What one quarter left behind.

    `opened` and `paper`: how often records of each class were read and their paper lent; `types`: class → document
    type → openings; `known`: words of the scheme, each with the class it names; `unused`: classes with records that
    nobody opened; `failed_loans`: how a loan ended without use → how often.
    """

    searches: Sequence[Search] = ()
    opened: Mapping[str, int] = field(default_factory=dict)
    paper: Mapping[str, int] = field(default_factory=dict)
    types: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    known: Mapping[str, str] = field(default_factory=dict)
    unused: Sequence[str] = ()
    failed_loans: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """`kind` names the text `use_proposal_<kind>`; the facts fill it."""

    kind: str
    facts: Mapping[str, object]


def quarter_of(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def first_day(year: int, quarter: int) -> date:
    return date(year, 3 * quarter - 2, 1)


def following(year: int, quarter: int) -> tuple[int, int]:
    return (year + 1, 1) if quarter == 4 else (year, quarter + 1)  # noqa: PLR2004 - quarters of a year


def repeated(searches: Iterable[Search]) -> list[tuple[str, int]]:
    """The words with how often, the most frequent first; words alike but for blanks and case count as the same."""
    counts = Counter(_folded(one.words) for one in searches if one.words.strip())
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def _folded(words: str) -> str:
    return " ".join(words.split()).casefold()


def without_hits(searches: Iterable[Search]) -> list[Search]:
    return [one for one in searches if one.outcome == "performed" and one.total == 0]


def slow(searches: Iterable[Search], limit: int) -> list[Search]:
    found = [one for one in searches if one.outcome == "performed" and one.ms >= limit]
    return sorted(found, key=lambda one: -one.ms)


def percentile(values: Sequence[int], share: float) -> int:
    """The value that `share` of all do not exceed; 0 of none."""
    ranked = sorted(values)
    return ranked[min(int(share * len(ranked)), len(ranked) - 1)] if ranked else 0


def nearest(words: str, known: Mapping[str, str]) -> str:
    """The known word that shares the most pairs of characters; blank when none shares half of the fewer."""
    best, mark = "", 0.0
    pairs = _pairs(words)
    for word in sorted(known):
        others = _pairs(word)
        if pairs and others:
            likeness = len(pairs & others) / min(len(pairs), len(others))
            best, mark = (word, likeness) if likeness > mark else (best, mark)
    return best if mark >= 0.5 else ""  # noqa: PLR2004 - half


def _pairs(text: str) -> set[str]:
    packed = "".join(text.split()).casefold()
    return {packed[n : n + _PAIR] for n in range(len(packed) - 1)}


def proposals(found: Gathered, limits: Limits) -> list[Proposal]:
    return [
        *_synonyms(found, limits),
        *_slow(found, limits),
        *_refused(found, limits),
        *_classes(found, limits),
        *_digitise(found, limits),
    ]


def _synonyms(found: Gathered, limits: Limits) -> list[Proposal]:
    """Words asked for again and again that nothing is called: close to a known one, or a word the scheme lacks."""
    made = []
    for words, times in repeated(without_hits(found.searches))[: limits.shown]:
        if times < limits.least_repeats:
            continue
        like = nearest(words, found.known)
        if like:
            made.append(Proposal("synonym", {"words": words, "n": times, "like": like}))
        else:
            made.append(Proposal("unknown_words", {"words": words, "n": times}))
    return made


def _slow(found: Gathered, limits: Limits) -> list[Proposal]:
    """Slow questions put more than once: to be saved as views, or asked with a filter."""
    many = repeated(slow(found.searches, limits.slow_ms))
    return [
        Proposal("slow", {"words": words, "n": times})
        for words, times in many[: limits.shown]
        if times >= limits.least_repeats
    ]


def _refused(found: Gathered, limits: Limits) -> list[Proposal]:
    codes = Counter(one.code for one in found.searches if one.outcome != "performed")
    made = [
        Proposal(f"refused_{code}" if code == "id_number_search_not_allowed" else "failed", {"code": code, "n": times})
        for code, times in sorted(codes.items())
        if times >= limits.least_repeats
    ]
    loans = [Proposal("loans_failed", {"state": state, "n": n}) for state, n in sorted(found.failed_loans.items()) if n]
    return made + loans


def _classes(found: Gathered, limits: Limits) -> list[Proposal]:
    """A class that takes much of all use and falls into one kind of paper should be one class more, or two."""
    total = sum(found.opened.values())
    made = []
    for series, times in sorted(found.opened.items(), key=lambda pair: (-pair[1], pair[0])):
        if times < limits.least_of_class or times < limits.busy_share * total:
            continue
        types = found.types.get(series, {})
        most = max(types, key=lambda one: (types[one], one), default="")
        if len(types) > 1 and types[most] >= limits.narrow_share * times:
            made.append(Proposal("split", {"series": series, "n": times, "type": most}))
        else:
            made.append(Proposal("busy", {"series": series, "n": times}))
    return made + [Proposal("unused", {"series": series}) for series in found.unused[: limits.shown]]


def _digitise(found: Gathered, limits: Limits) -> list[Proposal]:
    ranked = sorted(found.paper.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        Proposal("digitise", {"series": series, "n": times})
        for series, times in ranked
        if times >= limits.least_paper_loans
    ]
