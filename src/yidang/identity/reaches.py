"""How far a grant goes: a disjunction of reaches, each a conjunction of limits.

An item stands in scope rows `kind|value|sensitivity|fonds|series`. Each limit of a reach names one part of such a row,
so one row alone decides whether a reach covers it, in the filter of `holdings` and in the database's own policy.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import product
from uuid import UUID

# A bureau section owns the series; a clinical department is named by the record; a person by the digest of its number.
SECTION, DEPARTMENT, PERSON = "section", "department", "person"
_OF_DEPARTMENTS = (SECTION, DEPARTMENT)
# What a reach beyond the post is given for; the ledger says it beside every showing that had no other ground.
EMERGENCY, TASK, LOAN = "emergency", "task", "loan"
SEPARATOR, NEXT = "|", "\n"
ANY = "%"


@dataclass(frozen=True, slots=True)
class Reach:
    """Limits that all hold; None is no limit, an empty set lets nothing through.

    departments: codes of sections or clinical departments; persons: keyed digests in hex; items: single records lent or
    given with a task. At most one of these three: each is a way in, and a way in through two doors is an item's.
    page: of a given item the one page that is shown in clear; the record opens all the same, covered.
    purpose: why it reaches further than the post; blank for what the post itself opens.
    """

    departments: frozenset[str] | None = None
    persons: frozenset[str] | None = None
    items: frozenset[UUID] | None = None
    sensitivities: frozenset[str] | None = None
    fonds: frozenset[str] | None = None
    series: frozenset[str] | None = None
    page: int | None = None
    purpose: str = ""
    until: datetime | None = None

    def __post_init__(self) -> None:
        doors = [self.departments, self.persons, self.items]
        if sum(door is not None for door in doors) > 1:
            raise ValueError("a reach has one way in")
        if any(SEPARATOR in value or NEXT in value for value in self._values()):
            raise ValueError("a scope's value holds no separator")

    def _values(self) -> Iterator[str]:
        for limit in (self.departments, self.persons, self.sensitivities, self.fonds, self.series):
            yield from limit or ()

    @property
    def is_everything(self) -> bool:
        limits = (self.departments, self.persons, self.items, self.sensitivities, self.fonds, self.series)
        return all(limit is None for limit in limits)

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which scope rows it looks at; a reach without a way in looks at the one row every filed item has."""
        if self.departments is not None:
            return _OF_DEPARTMENTS
        return (PERSON,) if self.persons is not None else (SECTION,)

    @property
    def doors(self) -> frozenset[str] | None:
        return self.departments if self.departments is not None else self.persons

    def uncovers(self, item: UUID, page: int | None = None) -> bool:
        """Whether it gave this very record, and with it the page, or all pages and words where none is asked for."""
        return item in (self.items or ()) and self.page in {None, page}

    def is_open(self, moment: datetime) -> bool:
        return self.until is None or moment < self.until


EVERYTHING = Reach()


def patterns(reaches: Iterable[Reach]) -> list[str]:
    """What a scope row of a covered item is LIKE; rows have as many separators, so a wildcard stays in its part."""
    found: dict[str, None] = {}
    for reach in reaches:
        if reach.items is None:
            parts = (reach.kinds, *map(_values, (reach.doors, reach.sensitivities, reach.fonds, reach.series)))
            found |= dict.fromkeys(map(SEPARATOR.join, product(*parts)))
    return list(found)


def _values(limit: frozenset[str] | None) -> list[str]:
    return [ANY] if limit is None else sorted(map(_escaped, limit))


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace(ANY, "\\" + ANY).replace("_", "\\_")


def doors(reaches: Iterable[Reach]) -> frozenset[str]:
    """The values of all ways in; ANY where a reach has no way in of its own."""
    bounded = [reach for reach in reaches if reach.items is None]
    return frozenset(value for reach in bounded for value in ({ANY} if reach.doors is None else reach.doors))


def lent(reaches: Iterable[Reach]) -> frozenset[UUID]:
    """The single items among them."""
    return frozenset(item for reach in reaches for item in reach.items or ())
