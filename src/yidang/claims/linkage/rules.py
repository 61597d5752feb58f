"""Which pairs of entries may be one person, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

SURE: Final = 0.9999  # merged without a person
LIKELY: Final = 0.5  # below it two people
_BLANK: Final = {"", "不详", "未知", "无", "/", "-", "0"}


@dataclass(frozen=True)
class Record:
    """One entry as the linkage compares it; blank where the source said nothing."""

    unique_id: str
    name: str = ""
    born_on: str = ""
    sex: str = ""
    id_number: str = ""
    phone: str = ""
    home: str = ""


@dataclass(frozen=True)
class Pair:
    left: str
    right: str
    probability: float


def usable(text: str) -> str | None:
    """What sources write when they know nothing says nothing."""
    plain = text.strip()
    return None if plain in _BLANK else plain


def contradict(left: Record, right: Record) -> bool:
    """Two whole ID numbers that differ by more than one slip, or two sexes with two birthdays: never one by machine."""
    if left.id_number and right.id_number and left.id_number != right.id_number:
        return _slips(left.id_number, right.id_number) > 1
    sexes_differ = bool(left.sex and right.sex and left.sex != right.sex)
    births_differ = bool(left.born_on and right.born_on and left.born_on != right.born_on)
    return sexes_differ and births_differ


def agree_enough(left: Record, right: Record) -> bool:
    """For a merge without a person: the same ID number with the same name or birth, or three further marks together."""
    same = [
        bool(a) and a == b
        for a, b in (
            (left.name, right.name),
            (left.born_on, right.born_on),
            (left.phone, right.phone),
            (left.home, right.home),
        )
    ]
    if left.id_number and left.id_number == right.id_number:
        return same[0] or same[1] or same[2]
    return sum(same) >= 3  # noqa: PLR2004 - of the four marks above


def _slips(left: str, right: str) -> int:
    """Differing places, two swapped neighbours as one; other lengths are no slip."""
    if len(left) != len(right):
        return len(left)
    wrong = [at for at, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    is_swap = len(wrong) == 2 and wrong[1] == wrong[0] + 1 and left[wrong[0]] == right[wrong[1]]  # noqa: PLR2004
    return 1 if is_swap else len(wrong)


def as_columns(records: Sequence[Record]) -> dict[str, list[Any]]:
    names = ("name", "born_on", "sex", "id_number", "phone", "home")
    return {"unique_id": [one.unique_id for one in records]} | {
        name: [usable(getattr(one, name)) for one in records] for name in names
    }


def settle(pairs: Sequence[Pair], records: dict[str, Record]) -> tuple[list[Pair], list[Pair]]:
    """Those to be merged by themselves, and those in the band that a person decides."""
    sure: list[Pair] = []
    band: list[Pair] = []
    for pair in sorted(pairs, key=lambda one: (-one.probability, one.left, one.right)):
        left, right = records[pair.left], records[pair.right]
        if pair.probability < LIKELY or contradict(left, right):
            continue
        (sure if pair.probability >= SURE and agree_enough(left, right) else band).append(pair)
    return sure, band
