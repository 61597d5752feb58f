"""What a record's pages say of their own completeness. Pure: text, seals and blankness in, doubts out.

A doubt is no judgement: a person confirms or dismisses it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from yidang.kernel import resident_id

# Raised when a rule changes: what was looked at under another version is looked at again.
VERSION = 1

PAGE_MISSING, PAGE_TWICE, PAGE_ORDER, BLANK = "page_missing", "page_twice", "page_order", "blank_page"
ANNEX, SEAL, SIGNATURE = "annex_missing", "seal_missing", "signature_missing"
PERSON, SAME_BYTES, LIKE = "wrong_person", "same_bytes", "near_duplicate"
KINDS = (PAGE_MISSING, PAGE_TWICE, PAGE_ORDER, BLANK, ANNEX, SEAL, SIGNATURE, PERSON, SAME_BYTES, LIKE)

_DIGITS = "〇一二三四五六七八九"
_MOST_PAGES = 999
_HEAD_LINES = 3
_HEADING = 12  # characters; a longer line speaks of an annex, a shorter one is its heading
_NUMBER = r"(\d{1,3}|[一二三四五六七八九十]{1,3})"
_PAGE_OF = (
    re.compile(rf"第{_NUMBER}页[,，、/／·|-]?[共总計计]{{1,2}}{_NUMBER}页"),
    re.compile(rf"[共总]{_NUMBER}页[,，、/／·|-]?第{_NUMBER}页"),
    re.compile(rf"第?{_NUMBER}[/／]{_NUMBER}页"),
    re.compile(rf"(?:页码|页次|page)[:：]?{_NUMBER}(?:[/／]|of){_NUMBER}", re.IGNORECASE),
)
_ALONE = re.compile(r"[-—]?(\d{1,3})[/／](\d{1,3})[-—]?")
_TOTAL_FIRST = 1  # of _PAGE_OF
_NAMED = re.compile(rf"附件[:：]?{_NUMBER}?")
_BEGUN = re.compile(rf"附件{_NUMBER}?[:：]?[\u4e00-\u9fff《》]*")
_COUNTED = re.compile(r"附件[共计]?\d*[份张页个件]")  # "附件3张" counts sheets and names none
_ITEM_OF_LIST = re.compile(rf"{_NUMBER}[.．、]\S")
_NAME = re.compile(r"(?:参保人|患者|申请人|备案人)?姓名[:：]([\u4e00-\u9fff·]{2,6})(?![\u4e00-\u9fff])")


@dataclass(frozen=True)
class PageFacts:
    """One page as it was read; `lines` top to bottom. `is_seeable`: a picture, on which a seal would show."""

    number: int
    lines: Sequence[str] = ()
    is_blank: bool = False
    has_seal: bool = False
    is_seeable: bool = True

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Doubt:
    """`facts` are numbers and codes; what names a person stands in `evidence`. `key` tells it from its like."""

    kind: str
    page: int | None
    key: str
    facts: Mapping[str, object] = field(default_factory=dict)
    evidence: Sequence[str] = ()


@dataclass(frozen=True)
class Mark:
    """第 `x` 页 共 `y` 页, seen on page `page` of the record."""

    page: int
    x: int
    y: int


def mark_of(page: PageFacts) -> Mark | None:
    """The last on the page that can be true: it stands at the foot."""
    found = [pair for line in page.lines if (pair := _marked("".join(line.split()))) is not None]
    return Mark(page.number, *found[-1]) if found else None


def _marked(line: str) -> tuple[int, int] | None:
    for place, pattern in enumerate(_PAGE_OF):
        if match := pattern.search(line):
            first, second = map(number_of, match.groups())
            return _possible(second, first) if place == _TOTAL_FIRST else _possible(first, second)
    alone = _ALONE.fullmatch(line)
    return _possible(int(alone[1]), int(alone[2])) if alone else None


def _possible(x: int, y: int) -> tuple[int, int] | None:
    return (x, y) if 1 <= x <= y <= _MOST_PAGES else None


def number_of(text: str) -> int:
    """Arabic or Chinese, up to 99; 0 for what is no number."""
    if text.isascii():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.find(text) if len(text) == 1 else 0
    return 10 * (_DIGITS.find(tens) if tens else 1) + (_DIGITS.find(ones) if ones else 0)


def runs(marks: Iterable[Mark]) -> Iterator[list[Mark]]:
    """The papers of a record: a new one begins where the total changes, or counting starts again after page 1."""
    run: list[Mark] = []
    for mark in marks:
        if run and _begins(mark, run):
            yield run
            run = []
        run.append(mark)
    if run:
        yield run


def _begins(mark: Mark, run: Sequence[Mark]) -> bool:
    if mark.y != run[-1].y or mark.y == 1:
        return True
    return mark.x == 1 and run[-1].x != 1 and any(one.x == 1 for one in run)


def sequence_doubts(pages: Iterable[PageFacts]) -> Iterator[Doubt]:
    marks = [mark for page in pages if (mark := mark_of(page)) is not None]
    for ordinal, run in enumerate(runs(marks), 1):
        yield from _run_doubts(ordinal, run)


def _run_doubts(ordinal: int, run: Sequence[Mark]) -> Iterator[Doubt]:
    total, seen = run[0].y, [mark.x for mark in run]
    for lost in sorted(set(range(1, total + 1)) - set(seen)):
        before = max((mark.page for mark in run if mark.x < lost), default=run[0].page)
        yield Doubt(PAGE_MISSING, before, f"{ordinal}/{lost}", {"number": lost, "total": total})
    for place, mark in enumerate(run):
        if mark.x in seen[:place]:
            yield Doubt(PAGE_TWICE, mark.page, f"{ordinal}/{mark.page}", {"number": mark.x, "total": total})
    firsts = list(dict.fromkeys(seen))
    if firsts != sorted(firsts):
        wrong = next(mark for mark, right in zip(run, sorted(seen), strict=True) if mark.x != right)
        yield Doubt(PAGE_ORDER, wrong.page, f"{ordinal}", {"number": wrong.x, "total": total})


def blank_doubts(pages: Iterable[PageFacts]) -> Iterator[Doubt]:
    for page in pages:
        if page.is_blank:
            yield Doubt(BLANK, page.number, f"{page.number}")


def annex_doubts(pages: Sequence[PageFacts]) -> Iterator[Doubt]:
    """附件 n that the text names and no page begins with. A page after the naming one is enough for the only annex."""
    there = {number for page in pages for number in annexes_begun(page)}
    told: set[int] = set()
    for page in pages:
        for number in sorted(annexes_named(page) - told):
            told.add(number)
            is_there = number in there or (number == 1 and 0 in there)
            if not is_there:
                yield Doubt(ANNEX, page.number, f"{number}", {"number": number})


def annexes_begun(page: PageFacts) -> set[int]:
    """Of the annexes whose heading opens this page; 0 for a heading without a number."""
    return {_annex(match) for line in page.lines[:_HEAD_LINES] if (match := _heading("".join(line.split())))}


def _heading(line: str) -> re.Match[str] | None:
    return _BEGUN.fullmatch(line) if len(line) <= _HEADING and not _COUNTED.match(line) else None


def annexes_named(page: PageFacts) -> set[int]:
    """In running text; a heading names nothing beyond itself."""
    begun = annexes_begun(page)
    found: set[int] = set()
    lines = ["".join(line.split()) for line in page.lines]
    for place, line in enumerate(lines):
        if _COUNTED.search(line) or (place < _HEAD_LINES and _heading(line)):
            continue
        found |= {_annex(match) or 1 for match in _NAMED.finditer(line)}
        if line.startswith(("附件:", "附件：")):
            found |= _listed(lines[place + 1 :])
    return found - begun


def _annex(match: re.Match[str]) -> int:
    return number_of(match[1]) if match[1] else 0


def _listed(lines: Sequence[str]) -> set[int]:
    """`2.…`, `3.…` in the lines below 附件：1.…"""
    found: set[int] = set()
    for line in lines:
        match = _ITEM_OF_LIST.match(line)
        if match is None:
            break
        found.add(number_of(match[1]))
    return found


@dataclass(frozen=True)
class Expectation:
    """What a kind of document bears when it is whole. `signatures`: labels after which somebody signs."""

    has_seal: bool = False
    signatures: Sequence[str] = ()


def seal_doubts(pages: Sequence[PageFacts], expected: Expectation) -> Iterator[Doubt]:
    """A text born digital bears no red seal, so it is not missed there."""
    seeable = [page for page in pages if page.is_seeable and not page.is_blank]
    if expected.has_seal and seeable and not any(page.has_seal for page in seeable):
        yield Doubt(SEAL, seeable[-1].number, "seal")


def unsigned_labels(pages: Sequence[PageFacts], expected: Expectation) -> list[tuple[int, str, int]]:
    """Page, label and line of each place for a signature behind which nothing was read."""
    return [
        (page.number, label, place)
        for page in pages
        if page.is_seeable
        for place, line in enumerate(page.lines)
        for label in expected.signatures
        if _is_open(line, label)
    ]


def _is_open(line: str, label: str) -> bool:
    bare = "".join(line.split())
    return re.fullmatch(rf".*{label}(?:[(（][^)）]*[)）])?[:：]?[_＿]*(?:年月日)?", bare) is not None


def person_doubts(pages: Iterable[PageFacts], described: str = "") -> Iterator[Doubt]:
    """Pages that name somebody else only. The record is the described person's, else the first page's."""
    main = {resident_id.upgrade(described)} if resident_id.is_valid(described) else set()
    name = ""
    for page in pages:
        numbers, names = id_numbers(page.text), set(person_names(page))
        main = main or numbers
        if numbers and not numbers & main:
            yield Doubt(PERSON, page.number, f"{page.number}", evidence=sorted(main) + sorted(numbers))
        elif not numbers and names and name and all(differ(one, name) for one in names):
            yield Doubt(PERSON, page.number, f"{page.number}", evidence=[name, *sorted(names)])
        name = name or next(iter(sorted(names)), "")


def id_numbers(text: str) -> set[str]:
    """Only those with a right check digit: a misread one is no other person."""
    return {resident_id.upgrade(one) for one in resident_id.IN_TEXT.findall(text) if resident_id.is_valid(one)}


def person_names(page: PageFacts) -> list[str]:
    return [match[1] for line in page.lines for match in _NAME.finditer("".join(line.split()))]


def differ(one: str, other: str) -> bool:
    """Two readings of one name differ in one character at most."""
    wrong = sum(a != b for a, b in zip(one, other, strict=False)) + abs(len(one) - len(other))
    return wrong > 1


def doubts_of(pages: Sequence[PageFacts], expected: Expectation, described: str = "") -> list[Doubt]:
    """All that the pages of one record tell by themselves."""
    return list(
        chain(
            sequence_doubts(pages),
            blank_doubts(pages),
            annex_doubts(pages),
            seal_doubts(pages, expected),
            person_doubts(pages, described),
        )
    )
