"""Grouping one case: in advance (A), newborn (P), HIV (Y), severe trauma (Z), else by the main diagnosis.

Within the major category the first operation group that fits, then procedures, then the main diagnosis; then the
severity by complications, as far as the main diagnosis does not exclude them. CHS-DRG 2.0 names the steps; every
code and every list comes from the tables.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple, TypeVar

from yidang.claims.drg.scheme import Adrg, Scheme

_NEWBORN_DAYS = 28
_TRAUMA_PARTS = 2
_SECOND = 2  # of two operations a group asks for together
_DEATH_OR_TRANSFER = (2, 5)
_MOST_CODES = 200_000  # remembered before the memory is emptied
_SEVERITIES = (1, 3, 5, 9)
_ENDED = 7  # died or moved
T = TypeVar("T")
UNGROUPED = "0000"
MCC, CC, PLAIN = 1, 3, 5


class Case(NamedTuple):
    """Codes as the settlement list gives them; age in years, `age_days` only in the first year, -1 unknown.

    The first of the operations is the main one; `weight` of the newborn in grams.
    """

    main: str
    others: tuple[str, ...] = ()
    operations: tuple[str, ...] = ()
    sex: int = 0
    age: int = -1
    age_days: int = -1
    way: int = 1
    weight: int = -1


class Grouped(NamedTuple):
    """`status`: grouped, unrelated (the operation does not belong to the main diagnosis), or why it was not."""

    drg: str
    adrg: str
    mdc: str
    severity: int
    status: str


SHIFTED = Grouped(UNGROUPED, "", "", 0, "more_cells_than_headings")  # no cell of such a row is believed


class Codes(dict[str, tuple[T, ...]]):
    """What a code belongs to; a row ending in `*` speaks for all codes that begin so. Remembers what it found.

    A pair of ICD-10 (`A18.000+M49.0*`) is one code; a case that has its first half alone, or with another second
    one, belongs where the pair does.
    """

    def __init__(self, rows: Iterable[tuple[str, T]]) -> None:
        super().__init__()
        self._exact: dict[str, list[T]] = {}
        self._begins: dict[str, list[T]] = {}
        self._halves: dict[str, list[T]] = {}
        for code, target in rows:
            if "+" in code:
                self._exact.setdefault(code, []).append(target)
                self._halves.setdefault(code.partition("+")[0], []).append(target)
            else:
                place = self._begins if code.endswith("*") else self._exact
                place.setdefault(code.rstrip("*"), []).append(target)

    def __missing__(self, code: str) -> tuple[T, ...]:
        half = code.partition("+")[0]
        found = list(self._exact.get(code) or self._exact.get(half) or self._halves.get(half) or [])
        for length in range(len(code), 0, -1):
            found += self._begins.get(code[:length], ())
        if len(self) > _MOST_CODES:
            self.clear()
        self[code] = tuple(dict.fromkeys(found))
        return self[code]


class Grouper:
    """A scheme laid out for looking up: build once, then `group` case after case."""

    def __init__(self, scheme: Scheme) -> None:
        self.scheme = scheme
        self._adrgs = {one.code: one for one in scheme.adrgs}
        self._rank = {one.code: rank for rank, one in enumerate(scheme.adrgs)}
        self._mdc = Codes((row.code, row.target) for row in scheme.mdc_diagnoses)
        self._operation = {one.code: Codes(self._operations_of(one.code, 1)) for one in scheme.mdcs}
        self._second = Codes((row.code, row.target) for row in scheme.adrg_operations if row.part == _SECOND)
        self._operating = Codes(
            (row.code, self._adrgs[row.target].mdc)
            for row in scheme.adrg_operations
            if self._adrgs[row.target].kind == "operation"
        )
        self._diagnosis = Codes((row.code, row.target) for row in scheme.adrg_diagnoses)
        self._listed = {row.target for row in scheme.adrg_diagnoses}
        self._two_parts = {row.target for row in scheme.adrg_operations if row.part == _SECOND}
        self._complication = Codes(
            (row.code, (MCC if row.level == "MCC" else CC, row.exclusion)) for row in scheme.complications
        )
        self._excluded = Codes((row.code, row.target) for row in scheme.exclusions)
        self._trauma = Codes((row.code, row.target) for row in scheme.trauma)
        self._drgs = _finest(scheme)
        self._weight = {one.code: one.weight for one in scheme.drgs}
        self._barred = Codes((row.code, row.code) for row in scheme.barred)
        self._of_one_sex = {one.code: one.sex for one in scheme.mdcs if one.sex}
        self._only_main = scheme.version.only_main_operation

    def _operations_of(self, mdc: str, part: int) -> Iterable[tuple[str, str]]:
        rows = self.scheme.adrg_operations
        return ((row.code, row.target) for row in rows if row.part == part and self._adrgs[row.target].mdc == mdc)

    def weight(self, drg: str) -> float:
        return self._weight.get(drg, 0.0)

    def group(self, case: Case) -> Grouped:
        if not case.main:
            return _not_grouped("no_main_diagnosis")
        if self._barred[case.main]:
            return _not_grouped("main_diagnosis_barred")
        mdc, adrg = self._in_advance(case)
        if not mdc:
            mdc = next((one for one in self._mdc[case.main] if one not in "APYZ"), "")
            if not mdc:
                return _not_grouped("unknown_main_diagnosis")
            if mdc in self._of_one_sex and case.sex not in (0, self._of_one_sex[mdc]):
                return _not_grouped("sex_contradicts")
            adrg = self._adrg(mdc, case)
        if not adrg:
            return self._left_over(mdc, case)
        severity = self._severity(case)
        drg, given = self._drg(adrg, severity, case)
        return Grouped(drg, adrg, mdc, given, "grouped" if drg else "group_missing")

    def _in_advance(self, case: Case) -> tuple[str, str]:
        """Category and group of what goes before the main diagnosis; nothing where it does not apply."""
        if case.operations and (adrg := self._by_operation("A", case)):
            return "A", adrg
        of_main = self._mdc[case.main]
        if 0 <= case.age_days <= _NEWBORN_DAYS and "P" in of_main and (adrg := self._by_all("P", case)):
            return "P", adrg
        if ("Y" in of_main or self._has_hiv_beside(case)) and (adrg := self._by_all("Y", case)):
            return "Y", adrg
        if self._has_many_injuries(case) and (adrg := self._by_all("Z", case)):
            return "Z", adrg
        return "", ""

    def _has_hiv_beside(self, case: Case) -> bool:
        mdc = self._mdc
        for code in case.others:  # noqa: SIM110 - a generator would cost a third of the whole grouping
            if "Y" in mdc[code]:
                return True
        return False

    def _has_many_injuries(self, case: Case) -> bool:
        """The main diagnosis an injury, and injuries of at least two parts of the body beside it."""
        own = self._trauma[case.main]
        if not own:
            return False
        others = {part for code in case.others for part in self._trauma[code]} - set(own)
        return len(others) >= _TRAUMA_PARTS

    def _adrg(self, mdc: str, case: Case) -> str:
        if not case.operations:
            return self._by_diagnosis(mdc, case)
        adrg = self._by_operation(mdc, case)
        return adrg or ("" if self._is_unrelated(mdc, case) else self._by_diagnosis(mdc, case))

    def _by_operation(self, mdc: str, case: Case) -> str:
        """Of the groups its operations lead to, the one the tables name first."""
        lists, best = self._operation[mdc], ""
        for code in case.operations[:1] if self._only_main else case.operations:
            for adrg in lists[code]:
                if (not best or self._rank[adrg] < self._rank[best]) and self._admits(adrg, case):
                    best = adrg
        return best

    def _is_unrelated(self, mdc: str, case: Case) -> bool:
        """Operated upon, and every operation belongs to other categories only."""
        is_operated = False
        for code in case.operations:
            if of := self._operating[code]:
                if mdc in of:
                    return False
                is_operated = True
        return is_operated

    def _by_all(self, mdc: str, case: Case) -> str:
        return self._by_operation(mdc, case) or self._by_any(mdc, case)

    def _by_any(self, mdc: str, case: Case) -> str:
        """In advance a diagnosis beside the main one may be what places the case."""
        tried = (self._by_diagnosis(mdc, case._replace(main=code)) for code in (case.main, *case.others))
        return next(filter(None, tried), "")

    def _by_diagnosis(self, mdc: str, case: Case) -> str:
        for adrg in self._diagnosis[case.main]:
            one = self._adrgs[adrg]
            if one.mdc == mdc and one.kind == "medical" and _admits(one, case):
                return adrg
        return ""

    def _admits(self, adrg: str, case: Case) -> bool:
        """A group that lists diagnoses asks for one of them beside the operation; one of two parts, for both."""
        if adrg in self._listed and adrg not in self._diagnosis[case.main]:
            return False
        if adrg in self._two_parts and not any(adrg in self._second[code] for code in case.operations):
            return False
        return _admits(self._adrgs[adrg], case)

    def _left_over(self, mdc: str, case: Case) -> Grouped:
        """Operations of other categories, or a diagnosis no group of its category lists."""
        if self._is_unrelated(mdc, case):
            return Grouped(f"{mdc}QY", f"{mdc}QY", mdc, 9, "unrelated")
        return Grouped(UNGROUPED, "", mdc, 0, "no_group")

    def _severity(self, case: Case) -> int:
        worst, excluded = PLAIN, self._excluded[case.main]
        for code in case.others:
            for level, exclusion in self._complication[code]:
                if level < worst and exclusion not in excluded and code != case.main:
                    worst = level
        return worst

    def _drg(self, adrg: str, severity: int, case: Case) -> tuple[str, int]:
        """The group as fine as the tables divide it: what is not told apart falls to the next lighter one."""
        if case.way in _DEATH_OR_TRANSFER and (adrg, _ENDED) in self._drgs:
            return self._drgs[adrg, _ENDED]
        return self._drgs.get((adrg, severity), ("", 0))

    def complications(self, case: Case) -> list[str]:
        """The other diagnoses that count for the severity."""
        alone = case._replace(others=())
        return [code for code in case.others if self._severity(alone._replace(others=(code,))) < PLAIN]


def _finest(scheme: Scheme) -> dict[tuple[str, int], tuple[str, int]]:
    """By ADRG and severity found: the group as fine as the tables divide it, and the severity it stands for."""
    divided = {(one.adrg, one.severity): (one.code, one.severity) for one in scheme.drgs}
    finest = dict(divided)
    for adrg in {one.adrg for one in scheme.drgs}:
        for severity in _SEVERITIES:
            lighter = (divided[adrg, given] for given in _SEVERITIES if given >= severity and (adrg, given) in divided)
            if found := next(lighter, None):
                finest[adrg, severity] = found
    return finest


def _admits(adrg: Adrg, case: Case) -> bool:
    if adrg.sex and case.sex and adrg.sex != case.sex:
        return False
    if adrg.weight_until and not adrg.weight_from <= case.weight < adrg.weight_until:
        return False
    return case.age < 0 or adrg.age_from <= case.age <= adrg.age_until


def _not_grouped(status: str) -> Grouped:
    return Grouped(UNGROUPED, "", "", 0, status)


def without_support(
    grouper: Grouper, case: Case, seen: Collection[str], supports: dict[str, set[str]]
) -> tuple[Grouped, list[str]]:
    """The case grouped again without complications nothing speaks for, and which those are.

    `seen` are the items ordered or resulted in the stay; `supports` says by the beginning of a diagnosis what would
    speak for it. A complication no row knows is let be.
    """
    doubted = [code for code in grouper.complications(case) if not _is_supported(code, seen, supports)]
    kept = tuple(code for code in case.others if code not in doubted)
    return grouper.group(case._replace(others=kept)), doubted


def _is_supported(code: str, seen: Collection[str], supports: dict[str, set[str]]) -> bool:
    known = [items for begins, items in supports.items() if code.startswith(begins)]
    return not known or any(item in seen for items in known for item in items)
