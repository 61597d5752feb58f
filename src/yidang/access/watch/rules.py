"""What in one person's day is unusual. Pure: the caller gathers the day, the rules weigh it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time
from statistics import median
from typing import Any
from uuid import UUID

from yidang.kernel.clock import CHINA

_FRIDAY = 4
# The double family names still met with; any other name has one of one character.
_DOUBLE = frozenset(
    "欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 司徒 令狐 夏侯 长孙 宇文 端木 南宫 西门 独孤 呼延 轩辕".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class Act:
    """One entry of the ledger, as far as it matters here. `at` is aware."""

    entry: UUID
    action: str
    subject: UUID | None
    at: datetime


@dataclass(frozen=True)
class Day:
    """What one person did on one day, and what it is measured by.

    `names` and `departments` are those of the records opened; `usual` the records opened on each day before;
    `surnames` how often each family name occurs among the records that anybody opened.
    """

    acts: Sequence[Act]
    name: str = ""
    own_departments: frozenset[str] = frozenset()
    names: Mapping[UUID, str] = field(default_factory=dict)
    departments: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    usual: Sequence[int] = ()
    surnames: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Doubt:
    """`facts` fill the places of the rule's text."""

    rule: str
    facts: Mapping[str, Any]
    evidence: Sequence[UUID]


OPENED = "item.viewed"
UNMASKED = ".unmasked"  # ends the action, whatever was unmasked
TAKEN_OUT = frozenset({"item.exported", "dispute.exported", "release.exported", "list.exported"})
GLASS = "glass.broken"
Parameters = Mapping[str, Any]


def surname(name: str) -> str:
    """The family name of a Chinese name; blank for a name too short to have one."""
    bare = name.strip()
    if len(bare) > 2 and bare[:2] in _DOUBLE:  # noqa: PLR2004 - two characters, and a given name
        return bare[:2]
    return bare[:1] if len(bare) > 1 else ""


def doubts(day: Day, parameters: Mapping[str, Parameters]) -> list[Doubt]:
    """Every doubt about the day, in the order of the rules. A rule without parameters is switched off."""
    found = (doubt for name, rule in RULES.items() if name in parameters for doubt in rule(day, parameters[name]))
    return list(found)


def _volume(day: Day, limit: Parameters) -> Iterator[Doubt]:
    opened = _first_by_record(day)
    usual = median(day.usual) if day.usual else 0
    if len(opened) >= max(limit["least"], limit["times"] * usual):
        facts = {"count": len(opened), "usual": round(usual), "times": round(len(opened) / max(usual, 1), 1)}
        yield Doubt("volume", facts, list(opened.values()))


def _hours(day: Day, limit: Parameters) -> Iterator[Doubt]:
    late = {act.subject: act.entry for act in _opened(day) if _is_outside(act.at, limit)}
    yield from _if_enough("hours", limit, list(late.values()))


def _is_outside(at: datetime, limit: Parameters) -> bool:
    local = at.astimezone(CHINA)
    if limit["weekend"] and local.weekday() > _FRIDAY:
        return True
    return not time.fromisoformat(limit["opens"]) <= local.time() < time.fromisoformat(limit["closes"])


def _foreign_department(day: Day, limit: Parameters) -> Iterator[Doubt]:
    """Who works for all departments has none of their own, and none is foreign to them."""
    if not day.own_departments:
        return
    foreign = [
        entry
        for item, entry in _first_by_record(day).items()
        if day.departments.get(item) and not day.departments[item] & day.own_departments
    ]
    yield from _if_enough("foreign_department", limit, foreign)


def _own_family_name(day: Day, limit: Parameters) -> Iterator[Doubt]:
    """More persons of the own family name than their share among all records opened would bring."""
    own, persons = surname(day.name), _persons(day)
    kin = {name: entry for name, entry in persons.items() if surname(name) == own and name != day.name}
    if not own or len(kin) < limit["least"]:
        return
    share, usual = len(kin) / len(persons), _usual_share(day, own)
    if share >= limit["times"] * usual:
        facts = {"count": len(kin), "share": round(100 * share), "times": round(share / usual, 1)}
        yield Doubt("own_family_name", facts, list(kin.values()))


def _usual_share(day: Day, own: str) -> float:
    """With one added to each side: a name nobody else ever opened is rare, not impossible."""
    return (day.surnames.get(own, 0) + 1) / (sum(day.surnames.values()) + 10)


def _own_name(day: Day, limit: Parameters) -> Iterator[Doubt]:
    own = [entry for item, entry in _first_by_record(day).items() if day.name and day.names.get(item) == day.name]
    yield from _if_enough("own_name", limit, own)


def _same_record(day: Day, limit: Parameters) -> Iterator[Doubt]:
    times = Counter(act.subject for act in _opened(day))
    item, count = max(times.items(), key=lambda pair: pair[1], default=(None, 0))
    if count >= limit["least"]:
        evidence = [act.entry for act in _opened(day) if act.subject == item]
        yield Doubt("same_record", {"count": count}, evidence)


def _unmasking(day: Day, limit: Parameters) -> Iterator[Doubt]:
    yield from _if_enough("unmasking", limit, [act.entry for act in day.acts if act.action.endswith(UNMASKED)])


def _taking_out(day: Day, limit: Parameters) -> Iterator[Doubt]:
    yield from _if_enough("taking_out", limit, [act.entry for act in day.acts if act.action in TAKEN_OUT])


def _breaking_glass(day: Day, limit: Parameters) -> Iterator[Doubt]:
    yield from _if_enough("breaking_glass", limit, [act.entry for act in day.acts if act.action == GLASS])


def _if_enough(rule: str, limit: Parameters, evidence: list[UUID]) -> Iterator[Doubt]:
    if len(evidence) >= limit["least"]:
        yield Doubt(rule, {"count": len(evidence)}, evidence)


def _opened(day: Day) -> list[Act]:
    return [act for act in day.acts if act.action == OPENED and act.subject]


def _first_by_record(day: Day) -> dict[UUID, UUID]:
    found: dict[UUID, UUID] = {}
    for act in _opened(day):
        if act.subject:
            found.setdefault(act.subject, act.entry)
    return found


def _persons(day: Day) -> dict[str, UUID]:
    """Each person's name with the first entry by which a record of theirs was opened."""
    found: dict[str, UUID] = {}
    for item, entry in _first_by_record(day).items():
        if name := day.names.get(item, ""):
            found.setdefault(name, entry)
    return found


RULES = {
    "volume": _volume,
    "hours": _hours,
    "foreign_department": _foreign_department,
    "own_family_name": _own_family_name,
    "own_name": _own_name,
    "same_record": _same_record,
    "unmasking": _unmasking,
    "taking_out": _taking_out,
    "breaking_glass": _breaking_glass,
}
