"""Who must agree to a loan, and what stands on its watermark. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SECTION, ARCHIVE, HEAD = "section", "archive", "head"
ORDER = (SECTION, ARCHIVE, HEAD)
OUT = "out"
PURPOSES = ("work", "inspection", "litigation", "personal", "research", "other")
EFFECTS = ("business", "benefit", "dispute", "recovery", "decision", "study", "none")


@dataclass(frozen=True, slots=True)
class Thing:
    """A record that is asked for. `section`: code of who owns it, blank where nobody does."""

    sensitivity: str
    section: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    part: str
    section: str = ""
    is_another: bool = False  # one more of those who agreed already


ANOTHER_ARCHIVIST = Step(ARCHIVE, is_another=True)


@dataclass(frozen=True)
class LoanRules:
    """`steps`: sensitivity → own | other → parts; `extra`: download | out → sensitivity → parts added."""

    steps: Mapping[str, Mapping[str, Sequence[str]]]
    extra: Mapping[str, Mapping[str, Sequence[str]]]
    terms: Mapping[str, Any] = field(default_factory=dict)

    def steps_for(
        self, things: Iterable[Thing], *, sections: frozenset[str], form: str, with_download: bool
    ) -> list[Step]:
        """What all records together take, each agreement once: the sections, then the archive, then its head.

        `sections` are the borrower's own. What names no owning section is the archive's to allow, and so is a request
        that names no record at all.
        """
        added = [name for name, is_wanted in (("download", with_download), ("out", form == OUT)) if is_wanted]
        wanted = {step for one in things for step in self._of(one, sections, added)}
        return sorted(wanted or {Step(ARCHIVE)}, key=lambda step: (ORDER.index(step.part), step.section))

    def _of(self, thing: Thing, sections: frozenset[str], added: Sequence[str]) -> set[Step]:
        parts = [*self.steps[thing.sensitivity]["own" if thing.section in sections else "other"]]
        for name in added:
            parts += self.extra[name][thing.sensitivity]
        return {_step(part, thing.section) for part in parts}


def _step(part: str, section: str) -> Step:
    if part != SECTION:
        return Step(part)
    return Step(SECTION, section) if section else Step(ARCHIVE)


def leaving(steps: Sequence[Step], looking: Sequence[Step]) -> list[Step]:
    """原件外借: never without one agreement more than looking at the same records in the house would take."""
    return [*steps] if len(steps) > len(looking) else [*steps, ANOTHER_ARCHIVIST]


def pages_of(text: str, most: int) -> list[int]:
    """`1-3, 5` as numbers in order, each once. Raises ValueError for anything else or beyond `most`."""
    found: set[int] = set()
    for piece in text.replace("，", ",").replace("、", ",").split(","):
        first, dash, last = piece.strip().partition("-")
        numbers = range(_number(first), _number(last if dash else first) + 1)
        if not numbers or numbers[0] < 1 or numbers[-1] > most:
            raise ValueError(f"no pages: {piece!r}")
        found |= set(numbers)
    return sorted(found)


def _number(text: str) -> int:
    stripped = text.strip()
    if not (stripped.isascii() and stripped.isdecimal() and len(stripped) <= 5):  # noqa: PLR2004 - digits of a page
        raise ValueError(f"no page: {text!r}")
    return int(stripped)


def spans(pages: Sequence[int]) -> str:
    """Numbers in order as `1-3,5`."""
    found: list[list[int]] = []
    for page in pages:
        if found and page == found[-1][1] + 1:
            found[-1][1] = page
        else:
            found.append([page, page])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in found)
