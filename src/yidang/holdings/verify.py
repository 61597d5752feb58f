"""Holds the catalogue against the store and the ledger, and names every difference."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from django.db.models import QuerySet

from yidang.holdings import places, tombstones, witness
from yidang.holdings.comparing import about, compare, gather
from yidang.holdings.models import Alias, Item, ItemState, NumberSequence, PendingVersion, Tombstone, Volume
from yidang.holdings.numbers_used import running_numbers
from yidang.holdings.queries import get_item
from yidang.holdings.scheme_audit import scheme_differences
from yidang.identity.policy import SYSTEM
from yidang.kernel.difference import Difference
from yidang.preservation import fixity

_CHUNK = 200


@dataclass
class Report:
    items: int = 0
    differences: list[Difference] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        return not self.differences


def verify(codes: Sequence[str | UUID] | None = None) -> Report:
    """Every filed item, or those with the codes given: its bytes in the store, its rows and its ledger entries.

    Without a choice also what no single item shows: lost and surplus ones, keys, numbers, the scheme.

    Raises:
        NotFound: `item_not_found`.
    """
    return _verify_all() if codes is None else _verify_some([get_item(SYSTEM, code).pk for code in codes])


def _verify_some(ids: list[UUID]) -> Report:
    report = Report()
    told = witness.testimonies(ids)
    for item in ids:
        report.differences += fixity.verify_object(item, witness.inventories(told[item]))
    _compare_all(report, Item.objects.filter(pk__in=ids, version__gt=0))
    return _named(report)


def _verify_all() -> Report:
    report = Report()
    expected = dict(witness.all_inventories())
    known = dict(Item.objects.values_list("pk", "state"))
    for item, state in known.items():
        if state == ItemState.FILED:
            expected.setdefault(item, {})
    buried = tombstones.buried()
    unfinished = _unfinished(known)
    for item in (unfinished | buried) & expected.keys():
        del expected[item]
    report.differences += fixity.verify_all(expected, pending=unfinished)
    _compare_all(report, Item.objects.filter(version__gt=0))
    report.differences += [*_gone(known, buried), *_cut_short(known), *_numbers(), *scheme_differences()]
    report.differences += tombstones.differences()
    report.differences += places.differences(except_of=unfinished)
    return _named(report)


def _unfinished(known: Mapping[UUID, str]) -> set[UUID]:
    """What is being written at this moment, or was when the power went."""
    filing = {item for item, state in known.items() if state == ItemState.FILING}
    changing = set(PendingVersion.objects.values_list("item", flat=True))
    return filing | changing | set(tombstones.unerased())


def _compare_all(report: Report, chosen: QuerySet[Item]) -> None:
    damaged = {difference.facts.get("object_id") for difference in report.differences}
    for chunk in _chunks(chosen.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=_CHUNK)):
        report.items += len(chunk)
        report.differences += [
            difference
            for difference in _compare_chunk(chunk)
            # The bytes at fault are named already.
            if difference.code != "item_unreadable" or difference.facts["item"] not in damaged
        ]


def _named(report: Report) -> Report:
    """The store knows objects by their id; a person knows them by 档号."""
    ids = {UUID(str(it.facts["object_id"])) for it in report.differences if it.facts.get("object_id")}
    codes = {str(pk): code for pk, code in Item.objects.filter(pk__in=ids).values_list("pk", "reference_code")}
    for place, found in enumerate(report.differences):
        if code := codes.get(str(found.facts.get("object_id"))):
            report.differences[place] = Difference(found.code, {"reference_code": code, **found.facts})
    return report


def _chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    waiting = iter(ids)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk


def _compare_chunk(ids: list[UUID]) -> list[Difference]:
    items = list(Item.objects.filter(pk__in=ids).select_related("series").order_by("pk"))
    told = witness.testimonies(ids)
    return [difference for pk, rows in gather(items).items() for difference in compare(rows, told[pk])]


def _gone(known: Mapping[UUID, str], buried: set[UUID]) -> Iterator[Difference]:
    """Items that the ledger saw filed and the catalogue neither has nor knows to be destroyed."""
    for item, code in witness.filed():
        if item not in buried and known.get(item) != ItemState.FILED:
            yield about("item_gone", item=item, reference_code=code)


def _cut_short(known: Mapping[UUID, str]) -> Iterator[Difference]:
    for item, state in known.items():
        if state == ItemState.FILING:
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
    ended = Tombstone.objects.filter(**only)
    numbered = (
        Item.objects.filter(**only),
        Alias.objects.filter(**only),
        Volume.objects,
        PendingVersion.objects,
        ended,
    )
    for bearers in numbered:
        codes = bearers.exclude(reference_code=None).values_list("reference_code", flat=True)
        yield from (code for code in codes.iterator(chunk_size=5000) if code)
    for former in Tombstone.objects.exclude(former_codes=[]).values_list("former_codes", flat=True):
        yield from former
