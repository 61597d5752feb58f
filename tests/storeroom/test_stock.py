"""Counting: what phones send, what differs, what becomes of it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.models import LedgerEntry
from yidang.storeroom import operations, queries
from yidang.storeroom.keeping import making, moving
from yidang.storeroom.models import Keeping, Scan
from yidang.storeroom.stock import counting, settling
from yidang.storeroom.stock.rules import MISPLACED, MISSING, SURPLUS, compare

from .records import file

SHELF, OTHER = "place:K1-01-01", "place:K1-01-02"


@pytest.fixture
def filled(store):
    """Two boxes on one shelf with two records in the first, and a third box on no shelf."""
    first, second = making.make_boxes(store.keeper, count=2, place="K1-01-01")
    (loose,) = making.make_boxes(store.keeper, count=1)
    items = file(2)
    moving.put_into_box(store.keeper, box=first.code, things=[one.reference_code for one in items])
    return first, second, loose, items


def sent(tag, container, at=None):
    at = at or clock.now()
    return {"id": str(uuid4()), "tag": tag, "container": container, "at": at.isoformat()}


def count(store, rows, *, with_contents=True):
    take = counting.open_take(store.keeper, place="K1", with_contents=with_contents)
    counting.take_scans(store.keeper, take_id=take.id, scans=counting.read_scans(rows))
    return counting.compare_take(store.keeper, take_id=take.id)


def found(take):
    return {(row.kind, row.tag, row.expected, row.seen) for row in take.differences.all()}


def test_what_is_where_it_should_be_settles_the_count_at_once(store, filled):
    first, second, _, items = filled
    operations.take_out(store.keeper, item_id=items[1].pk)  # out with somebody: not missed
    rows = [sent(f"box:{first.code}", SHELF), sent(f"item:{items[0].pk}", f"box:{first.code}")]
    take = count(store, [*rows, sent(f"box:{second.code}", SHELF)])
    assert found(take) == set()
    assert take.state == "settled"


def test_missing_surplus_and_misplaced_are_told_apart_and_settled_with_a_reason(store, filled):
    first, second, loose, items = filled
    rows = [
        sent(f"box:{first.code}", OTHER),
        sent(f"box:{loose.code}", SHELF),
        sent(f"item:{items[0].pk}", f"box:{loose.code}"),
    ]
    take = count(store, rows)
    assert found(take) == {
        (MISPLACED, f"box:{first.code}", SHELF, OTHER),
        (MISPLACED, f"item:{items[0].pk}", f"box:{first.code}", f"box:{loose.code}"),
        (MISSING, f"box:{second.code}", SHELF, ""),
        (MISSING, f"item:{items[1].pk}", f"box:{first.code}", ""),
        (SURPLUS, f"box:{loose.code}", "", SHELF),
    }
    how = {
        f"box:{first.code}": "put_right",
        f"item:{items[0].pk}": "booked",
        f"box:{second.code}": "found",
        f"item:{items[1].pk}": "lost",
        f"box:{loose.code}": "booked",
    }
    for row in take.differences.order_by("-kind"):
        settling.settle(store.keeper, difference_id=row.pk, settlement=how[row.tag], reason="清点后核实")
    take.refresh_from_db()
    assert take.state == "settled"
    assert queries.place_of(items[0].pk) == queries.Whereabouts(loose.code, "K1-01-01", "K1", is_out=False)
    assert not Keeping.objects.filter(pk=items[1].pk).exists()
    assert LedgerEntry.objects.filter(action="stock.settled").count() == 5
    assert settling.reason_of(take.differences.first()) == "清点后核实"


def test_a_difference_is_settled_once_and_fittingly(store, filled):
    _, second, _, _ = filled
    take = count(store, [sent(f"box:{second.code}", OTHER)], with_contents=False)
    row = take.differences.get(kind=MISPLACED)
    for settlement, reason, code in (
        ("lost", "因故", "settlement_unfit"),
        ("booked", " ", "settlement_reason_missing"),
    ):
        with pytest.raises(Invalid, match=code):
            settling.settle(store.keeper, difference_id=row.pk, settlement=settlement, reason=reason)
    settling.settle(store.keeper, difference_id=row.pk, settlement="booked", reason="已移架")
    with pytest.raises(Conflict, match="difference_settled"):
        settling.settle(store.keeper, difference_id=row.pk, settlement="booked", reason="已移架")
    second.refresh_from_db()
    assert second.place.code == "K1-01-02"


def test_sending_again_adds_nothing_even_after_the_count_is_over(store, filled):
    first, _, _, _ = filled
    take = counting.open_take(store.keeper, place="K1", with_contents=False)
    scans = counting.read_scans([sent(f"box:{first.code}", SHELF)])
    assert counting.take_scans(store.keeper, take_id=take.id, scans=scans) == 1
    assert counting.take_scans(store.keeper, take_id=take.id, scans=scans) == 0
    counting.compare_take(store.keeper, take_id=take.id)
    assert counting.take_scans(store.keeper, take_id=take.id, scans=scans) == 0
    late = counting.read_scans([sent(f"box:{first.code}", OTHER)])
    with pytest.raises(Conflict, match="stock_take_over"):
        counting.take_scans(store.keeper, take_id=take.id, scans=late)
    other = counting.open_take(store.keeper, place="K1", with_contents=False)
    with pytest.raises(Invalid, match="stock_scans_malformed"):
        counting.take_scans(store.keeper, take_id=other.id, scans=scans)
    assert Scan.objects.count() == 1


def test_of_two_scans_the_later_counts_whenever_it_arrives(store, filled):
    first, second, _, _ = filled
    now = clock.now()
    early = sent(f"box:{first.code}", OTHER, now - timedelta(hours=1))
    rows = [sent(f"box:{first.code}", SHELF, now), early, sent(f"box:{second.code}", SHELF, now)]
    assert found(count(store, rows, with_contents=False)) == set()


@pytest.mark.parametrize(
    "spoiled",
    [
        {"tag": "box:H1"},
        {"container": "box:H000001"},
        {"at": "2026-11-22T10:00:00"},
        {"at": "2099-01-01T00:00:00Z"},
        {"id": "1"},
    ],
)
def test_what_no_phone_sends_is_refused(store, spoiled):
    with pytest.raises(Invalid, match=r"stock_scans_malformed|label_unreadable"):
        counting.read_scans([sent("box:H000001", SHELF) | spoiled])


TAGS = st.sampled_from([f"item:{n}" for n in range(6)])
BOXES = st.sampled_from(["box:a", "box:b", "box:c"])


@given(st.dictionaries(TAGS, BOXES), st.lists(st.tuples(TAGS, BOXES)), st.dictionaries(TAGS, BOXES))
def test_every_thing_is_in_its_place_or_in_one_difference(expected, scans, elsewhere):
    seen = dict(scans)
    told = {one.tag: one for one in compare(expected, scans, elsewhere)}
    for tag in expected.keys() | seen.keys():
        known = expected.get(tag) or elsewhere.get(tag, "")
        if tag not in told:
            assert seen[tag] == known
        elif tag not in seen:
            assert told[tag].kind == MISSING
        else:
            assert told[tag].kind == (MISPLACED if known else SURPLUS)
            assert told[tag].seen == seen[tag] != known
    assert told.keys() <= expected.keys() | seen.keys()
