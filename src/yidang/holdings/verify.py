"""Holds the catalogue against the store and the ledger, and names every difference."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from yidang.holdings import witness
from yidang.holdings.comparing import about, compare, gather
from yidang.holdings.models import Alias, Item, ItemState, NumberSequence, PendingVersion, Series, Volume
from yidang.holdings.numbers_used import running_numbers
from yidang.holdings.queries import get_item
from yidang.holdings.scheme import packaged_series
from yidang.identity.policy import SYSTEM
from yidang.kernel.difference import Difference
from yidang.preservation import repository

_CHUNK = 200
_UNFINISHED = (ItemState.FILING,)


@dataclass
class Report:
    items: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.differences


def verify(codes: Sequence[str | UUID] | None = None) -> Report:
    """Every filed item, or those with the codes given.

    Without a choice also what no single item shows: lost and surplus ones, numbers, the scheme.

    Raises:
        NotFound: `item_not_found`.
    """
    report = Report()
    chosen = Item.objects.filter(version__gt=0).order_by("pk")
    if codes is not None:
        chosen = chosen.filter(pk__in=[get_item(SYSTEM, code).pk for code in codes])
    for chunk in _chunks(chosen.values_list("pk", flat=True).iterator(chunk_size=_CHUNK)):
        report.items += len(chunk)
        report.differences += _compare_chunk(chunk)
    if codes is None:
        report.differences += [*_lost_and_surplus(), *_numbers(), *_scheme()]
    return report


def _chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    waiting = iter(ids)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk


def _compare_chunk(ids: list[UUID]) -> list[Difference]:
    items = list(Item.objects.filter(pk__in=ids).select_related("series").order_by("pk"))
    told = witness.testimonies(ids)
    return [difference for pk, rows in gather(items).items() for difference in compare(rows, told[pk])]


def _lost_and_surplus() -> Iterator[Difference]:
    """Items that the ledger or the store knows and the catalogue does not."""
    known = dict(Item.objects.values_list("pk", "state"))
    in_store = set(repository.object_ids())
    for item, code in witness.filed():
        if known.get(item) != ItemState.FILED:
            yield about("item_gone", item=item, reference_code=code, in_store=item in in_store)
    for item in sorted(in_store - known.keys()):
        yield about("item_surplus", item=item)
    for item, state in known.items():
        if state in _UNFINISHED:
            yield about("filing_unfinished", item=item)


def _numbers() -> Iterator[Difference]:
    """The counters stand after the last number given, and no number before them is missing."""
    given = running_numbers(_codes(is_legacy_code=False))
    standing = running_numbers(_codes())  # a legacy code may stand where a counter would have come
    sequences = dict(NumberSequence.objects.values_list("prefix", "next_number"))
    for prefix, numbers in given.items():
        if sequences.get(prefix, 1) <= max(numbers):
            yield about("sequence_behind", reference_code=prefix, next=sequences.get(prefix, 1), used=max(numbers))
    for prefix, following in sequences.items():
        missing = set(range(1, following)) - standing.get(prefix, set())
        if missing:
            yield about("number_missing", reference_code=prefix, numbers=sorted(missing)[:20], count=len(missing))


def _codes(**only: bool) -> Iterator[str]:
    numbered = (Item.objects.filter(**only), Alias.objects.filter(**only), Volume.objects, PendingVersion.objects)
    for bearers in numbered:
        codes = bearers.exclude(reference_code=None).values_list("reference_code", flat=True)
        yield from (code for code in codes.iterator(chunk_size=5000) if code)


def _scheme() -> Iterator[Difference]:
    """A series whose department was changed behind our back would show its items to others."""
    rows = {row.code: row for row in Series.objects.select_related("retention_rule")}
    for expected in packaged_series():
        row = rows.pop(expected["code"], None)
        wrong = ["code"] if row is None else [name for name, value in expected.items() if getattr(row, name) != value]
        for name in wrong:
            yield about("series_changed", series=expected["code"], column=name)
    for code in rows:
        yield about("series_changed", series=code, column="code")
