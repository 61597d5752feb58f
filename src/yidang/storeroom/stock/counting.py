"""A count is opened, scans come in from phones whenever they can, the count is compared with the books."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.dateparse import parse_datetime

from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotFound
from yidang.ledger.operations import append
from yidang.storeroom.keeping.finding import find_place
from yidang.storeroom.keeping.rules import read_tag
from yidang.storeroom.models import Difference, Expectation, Scan, StockTake
from yidang.storeroom.stock import rules
from yidang.storeroom.stock.expecting import booked, expected_at

MOST_AT_ONCE = 2000
_AHEAD = timedelta(minutes=10)  # a phone's clock may be off


@dataclass(frozen=True, slots=True)
class Seen:
    id: UUID
    tag: str
    container: str
    at: datetime


def find_take(take_id: UUID, *, lock: bool = False) -> StockTake:
    """Raises NotFound `stock_take_not_found`."""
    takes = StockTake.objects.select_for_update(of=("self",)) if lock else StockTake.objects
    found = takes.select_related("place", "opened_by").filter(id=take_id).first()
    if found is None:
        raise NotFound("stock_take_not_found")
    return found


@transaction.atomic
def open_take(grant: Grant, *, place: str, with_contents: bool) -> StockTake:
    """Raises NotFound `place_not_found`."""
    grant.require(Permission.MANAGE_STOREROOM)
    found = find_place(place)
    take = StockTake(place=found, with_contents=with_contents, opened_by_id=grant.person, opened_at=clock.now())
    take.save()
    expected = expected_at(found, with_contents=with_contents)
    rows = [Expectation(take=take, tag=tag, container=container) for tag, container in expected.items()]
    Expectation.objects.bulk_create(rows, batch_size=2000)
    facts = {"number": take.name, "place": found.code, "expected": len(rows)}
    append(action="stock.opened", actor=grant.actor, subject=take.id, facts=facts)
    return take


def read_scans(rows: object) -> list[Seen]:
    """What a phone sends: `[{id, tag, container, at}, …]`. Raises Invalid `stock_scans_malformed`."""
    if not isinstance(rows, list) or len(rows) > MOST_AT_ONCE:
        raise Invalid("stock_scans_malformed")
    try:
        return [_seen(row) for row in rows]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Invalid("stock_scans_malformed") from None


def _seen(row: Mapping[str, Any]) -> Seen:
    tag, container, at = read_tag(row["tag"]), read_tag(row["container"]), parse_datetime(row["at"])
    fits = container.kind == ("place" if tag.kind == "box" else "box")
    if not fits or at is None or at.tzinfo is None or at > clock.now() + _AHEAD:
        raise Invalid("stock_scans_malformed")
    return Seen(UUID(row["id"]), str(tag), str(container), at)


@transaction.atomic
def take_scans(grant: Grant, *, take_id: UUID, scans: Sequence[Seen]) -> int:
    """Those not known yet; sending again adds nothing. Raises Conflict `stock_take_over`."""
    grant.require(Permission.MANAGE_STOREROOM)
    take = find_take(take_id, lock=True)
    fresh = _unknown(take, scans)
    if not fresh:
        return 0
    if take.state != StockTake.State.COUNTING:
        raise Conflict("stock_take_over", number=take.name)
    by, at = grant.person, clock.now()
    rows = [
        Scan(
            id=one.id,
            take=take,
            tag=one.tag,
            container=one.container,
            scanned_at=one.at,
            arrived_at=at,
            scanned_by_id=by,
        )
        for one in fresh
    ]
    Scan.objects.bulk_create(rows)
    facts = {"number": take.name, "scans": len(rows)}
    append(action="stock.scanned", actor=grant.actor, subject=take.id, facts=facts)
    return len(rows)


def _unknown(take: StockTake, scans: Iterable[Seen]) -> list[Seen]:
    """An id of another count is somebody's mistake or worse, and is refused with the rest of its load."""
    wanted = {one.id: one for one in scans}
    known = dict(Scan.objects.filter(pk__in=wanted).values_list("pk", "take_id"))
    if any(of != take.pk for of in known.values()):
        raise Invalid("stock_scans_malformed")
    return [one for key, one in wanted.items() if key not in known]


@transaction.atomic
def compare_take(grant: Grant, *, take_id: UUID) -> StockTake:
    """Counting is over; the differences stand. Raises Conflict: `stock_take_over`, `stock_take_empty`."""
    grant.require(Permission.MANAGE_STOREROOM)
    take = find_take(take_id, lock=True)
    if take.state != StockTake.State.COUNTING:
        raise Conflict("stock_take_over", number=take.name)
    scans = list(take.scans.order_by("scanned_at", "pk").values_list("tag", "container"))
    if not scans:
        raise Conflict("stock_take_empty", number=take.name)
    found = differences_of(take, scans)
    Difference.objects.bulk_create(
        [Difference(take=take, kind=one.kind, tag=one.tag, expected=one.expected, seen=one.seen) for one in found]
    )
    take.compared_at = clock.now()
    take.state = StockTake.State.COMPARED if found else StockTake.State.SETTLED
    take.settled_at = None if found else take.compared_at
    take.save(update_fields=["state", "compared_at", "settled_at"])
    facts = {"number": take.name, "seen": len(rules.last_seen(scans))} | _counts(found)
    append(action="stock.compared", actor=grant.actor, subject=take.id, facts=facts)
    return take


def differences_of(take: StockTake, scans: Sequence[tuple[str, str]]) -> list[rules.Found]:
    expected = dict(take.expectations.values_list("tag", "container"))
    if not take.with_contents:
        scans = [(tag, container) for tag, container in scans if tag.startswith("box:")]
    elsewhere = booked(tag for tag, _ in scans if tag not in expected)
    return rules.compare(expected, scans, elsewhere)


def _counts(found: Sequence[rules.Found]) -> dict[str, int]:
    kinds = (rules.MISSING, rules.SURPLUS, rules.MISPLACED)
    return {kind: sum(one.kind == kind for one in found) for kind in kinds}
