"""What should be where against what was seen where. Knows no framework."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

DifferenceKind = Literal["missing", "surplus", "misplaced"]
MISSING: DifferenceKind = "missing"
SURPLUS: DifferenceKind = "surplus"
MISPLACED: DifferenceKind = "misplaced"


@dataclass(frozen=True, slots=True)
class Found:
    kind: DifferenceKind
    tag: str
    expected: str
    seen: str


def last_seen(scans: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Tag to container; of several scans of one thing the last counts, for then it lay there."""
    return dict(scans)


def compare(expected: Mapping[str, str], scans: Sequence[tuple[str, str]], elsewhere: Mapping[str, str]) -> list[Found]:
    """`elsewhere` tells where the books have what was seen and not expected here; blank or absent: nowhere.

    A thing that lies in a box which itself lies wrong is not wrong: its container is the box.
    """
    seen = last_seen(scans)
    found = [Found(MISSING, tag, place, "") for tag, place in expected.items() if tag not in seen]
    found += [_judged(tag, place, expected.get(tag) or elsewhere.get(tag, "")) for tag, place in seen.items()]
    wrong = [one for one in found if one.expected != one.seen]
    return sorted(wrong, key=lambda one: (one.kind, one.tag))


def _judged(tag: str, seen: str, known: str) -> Found:
    return Found(MISPLACED if known else SURPLUS, tag, known, seen)


# Which settlements fit which difference.
SETTLEMENTS: Mapping[str, Sequence[str]] = {
    MISSING: ("found", "lost"),
    SURPLUS: ("booked", "removed"),
    MISPLACED: ("put_right", "booked"),
}
