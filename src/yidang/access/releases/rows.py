"""From records to rows that leave: each column treated as the plan says."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from yidang.access.releases.changing import Shift, age_group, widened_icd, widened_region
from yidang.access.releases.columns import DATES, Treatment
from yidang.access.releases.pseudonyms import Digests, Pseudonyms
from yidang.access.releases.scrubbing import scrubbed
from yidang.holdings.description import Description
from yidang.holdings.models import Item
from yidang.kernel import resident_id
from yidang.kernel.money import format_yuan

_REGION = 6
_AMOUNTS = frozenset({"amount_total", "amount_fund", "amount_self"})


@dataclass
class Treating:
    """`names` leads back, `throwaway` does not and dies with the release; both 32 bytes."""

    treatments: Mapping[str, Treatment]
    names: bytes
    throwaway: bytes
    on: date
    scrubbed: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self._shift = Shift(self.throwaway)
        self._ways: Mapping[Treatment, Callable[[str, str, str], str]] = {
            Treatment.KEEP: lambda _name, value, _person: value,
            Treatment.PSEUDONYM: lambda name, value, _person: Pseudonyms(self.names, name).of(value),
            Treatment.DIGEST: lambda name, value, _person: Digests(self.throwaway, name).of(value),
            Treatment.SHIFT: lambda _name, value, person: self._shifted(value, person),
            Treatment.GROUP: lambda _name, value, _person: age_group(int(value)),
            Treatment.WIDEN: lambda name, value, _person: _widened(name, value),
            Treatment.SCRUB: lambda _name, value, _person: value,  # scrubbed before, with the record's own names
        }

    def rows(self, records: Iterable[tuple[Item, Description]]) -> Iterator[dict[str, str]]:
        """Columns in the order of the plan, those left out apart; a value that is not there is blank."""
        leaving = {name: how for name, how in self.treatments.items() if how != Treatment.LEAVE_OUT}
        for item, described in records:
            person = described.text("id_number") or str(item.pk)
            yield {
                name: self._treated(name, how, self._value(name, how, item, described), person)
                for name, how in leaving.items()
            }

    def _treated(self, name: str, how: Treatment, value: str, person: str) -> str:
        return self._ways[how](name, value, person) if value else ""

    def _value(self, name: str, how: Treatment, item: Item, described: Description) -> str:
        if how == Treatment.SCRUB:
            clean, found = scrubbed(described.text(name), [described.text("person_name")])
            self.scrubbed += found
            return clean
        return _derived(name, item, described, self.on)

    def _shifted(self, value: str, person: str) -> str:
        day = _date(value)
        return self._shift.moved(day, person).isoformat() if day else ""


def _derived(name: str, item: Item, described: Description, on: date) -> str:
    number = described.text("id_number")
    if name == "document_type":
        return item.document_type
    if name == "region":
        return number[:_REGION] if resident_id.is_valid(number) else ""
    if name == "sex":
        return ("男" if resident_id.is_male(number) else "女") if resident_id.is_valid(number) else ""
    if name == "age":
        return _age(number, described.formed_on or on)
    if name in _AMOUNTS:
        return format_yuan(int(described.value(name) or 0)) if described.value(name) is not None else ""
    return described.text(name)


def _age(number: str, on: date) -> str:
    born = resident_id.birth_date(number) if resident_id.is_valid(number) else None
    if born is None or born > on:
        return ""
    return str(on.year - born.year - ((on.month, on.day) < (born.month, born.day)))


def _widened(name: str, value: str) -> str:
    if name in DATES:
        return value[:7]
    return widened_icd(value) if name == "icd_code" else widened_region(value)


def _date(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
