"""What a code is, and what a scan means against what is known of its box.

Families: A, 20 digits (码上放心: seven of the product, thirteen of the box); C, GS1 with article number (01) and serial
(21); B, everything else: makers' own. No family is refused: what is not known is taken as it stands.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from uuid import UUID

from yidang.kernel.folding import fold

PREFIX = 7
_KEY = 16
_WHOLE = 1.0
_SLACK = 1e-6  # a box of three thirds is one box
_A = re.compile(r"\d{20}")
_BRACKETS = re.compile(r"\(01\)(\d{14}).*?\(21\)([^()]+)")
_RAW = re.compile(r"(?:\]D2)?01(\d{14})(?:(?:11|17)\d{6})*(?:10[^|]{1,20}\|)?21([^|]+)(?:\|.*)?")


class Kind(StrEnum):
    STOCK = "stock"
    SALE = "sale"
    RETURN = "return"


class Verdict(StrEnum):
    STOCKED = "stocked"
    SOLD = "sold"
    SPLIT = "split"
    RETURNED = "returned"
    REPEATED = "repeated"  # the same document sent again
    DOUBLED = "doubled"
    OVERSPLIT = "oversplit"  # more pieces than one box holds
    UNBOUND = "unbound"  # the three codes are not of one thing
    LOCKED = "locked"
    WITHOUT = "without"  # a product that has no codes, by the list
    MISSING = "missing"  # no code, and none of those

    @property
    def holds(self) -> bool:
        """Whether settlement waits until somebody has looked."""
        return self in {Verdict.DOUBLED, Verdict.OVERSPLIT, Verdict.UNBOUND, Verdict.LOCKED}


@dataclass(frozen=True, slots=True)
class Scan:
    """`quantity` is the share of the box: 1 for a whole one. `person` is the pseudonym, `document` the receipt."""

    code: str
    kind: Kind
    provider: str
    moved_at: datetime
    region: str = ""
    item: str = ""
    product: str = ""
    person: int | None = None
    claim: int | None = None
    document: str = ""
    quantity: float = _WHOLE
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of the box before."""

    sold: float
    person: int | None
    provider: str
    region: str
    document: UUID | None
    moved_at: datetime
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Judged:
    """`grade` of a doubt: 1 the same person and institution … 4 another region."""

    verdict: Verdict
    sold: float
    grade: int = 0


def normal(code: str) -> str:
    """The same box scanned by two readers is one code: brackets and separators of GS1 differ."""
    text = fold(code.replace("\x1d", "|"))  # the separator of groups counts as a blank elsewhere
    found = _BRACKETS.search(text) or _RAW.fullmatch(text)
    return f"01{found[1]}21{found[2]}" if found else text


def family(normalised: str) -> str:
    if _A.fullmatch(normalised):
        return "A"
    return "C" if _RAW.fullmatch(normalised) else "B"


def key_of(normalised: str) -> UUID:
    return UUID(bytes=blake2b(normalised.encode(), digest_size=_KEY).digest())


def document_of(scan: Scan) -> UUID | None:
    """A receipt is its institution's own number."""
    if not scan.document:
        return None
    return key_of(f"{scan.provider}\n{scan.document}")


def judge(scan: Scan, known: Standing | None) -> Judged:
    if scan.kind == Kind.STOCK:
        return Judged(Verdict.STOCKED, known.sold if known else 0.0)
    if scan.kind == Kind.RETURN:
        return Judged(Verdict.RETURNED, max(0.0, (known.sold if known else 0.0) - scan.quantity))
    if known is None:
        return Judged(Verdict.SPLIT if scan.is_split else Verdict.SOLD, scan.quantity)
    return _sale(scan, known)


def after(scan: Scan, known: Standing | None, judged: Judged) -> Standing | None:
    """How the box stands then; a doubted sale leaves the first one standing, which the next is compared with."""
    if judged.verdict == Verdict.REPEATED or judged.verdict.holds:
        return known
    document = document_of(scan) if scan.kind == Kind.SALE else None
    return Standing(judged.sold, scan.person, scan.provider, scan.region, document, scan.moved_at)


def _sale(scan: Scan, known: Standing) -> Judged:
    if _is_repeated(scan, known):
        return Judged(Verdict.REPEATED, known.sold)
    out = known.sold + scan.quantity
    if known.is_locked:
        return Judged(Verdict.LOCKED, out, _grade(scan, known))
    if known.sold <= _SLACK or (scan.is_split and out <= _WHOLE + _SLACK):
        return Judged(Verdict.SPLIT if scan.is_split else Verdict.SOLD, out)
    return Judged(Verdict.OVERSPLIT if scan.is_split else Verdict.DOUBLED, out, _grade(scan, known))


def _is_repeated(scan: Scan, known: Standing) -> bool:
    """An upload sent twice; pieces of one box on one receipt differ in their moment."""
    is_same = document_of(scan) is not None and document_of(scan) == known.document and known.sold > _SLACK
    return is_same and scan.moved_at == known.moved_at


def _grade(scan: Scan, known: Standing) -> int:
    if scan.region != known.region:
        return 4
    if scan.provider != known.provider:
        return 3
    return 2 if scan.person != known.person else 1
