"""Open volumes put in order, split, merged and taken back a step."""

import pytest

from yidang.holdings import operations
from yidang.holdings.models import Item, Volume, VolumeStep
from yidang.holdings.operations.volume_steps import in_order
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict, Invalid, NotAllowed

from .grants import reader
from .records import describing, draft, ids
from .test_verify import clear_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_volume(scheme):
    clear_store()

    def make(count=3, year=2026) -> Volume:
        volume = operations.create_volume(SYSTEM, series="CWPZ", year=year, description=describing("凭证"))
        if count:
            items = operations.create_drafts(SYSTEM, [draft(series="CWPZ", year=year) for _ in range(count)])
            operations.add_to_volume(SYSTEM, volume_id=volume.pk, item_ids=ids(items))
        return volume

    return make


def inside(volume) -> list:
    return list(in_order(Item.objects.filter(volume=volume)).values_list("pk", flat=True))


def undo(volume):
    operations.undo_step(SYSTEM, volume_id=volume.pk)


def split(volume, *items) -> Volume:
    return operations.split_volume(SYSTEM, volume_id=volume.pk, item_ids=items, description=describing("分出的卷"))


def test_the_seal_numbers_in_the_order_given(open_volume):
    volume = open_volume()
    order = inside(volume)[::-1]
    operations.order_volume(SYSTEM, volume_id=volume.pk, order=order)
    filed = operations.seal_volume(SYSTEM, volume_id=volume.pk)
    assert ids(filed) == order == inside(volume)
    assert [item.reference_code[-4:] for item in filed] == ["0001", "0002", "0003"]
    assert verify().differences == []


def test_an_order_names_every_item_once(open_volume):
    volume = open_volume()
    first, second, third = inside(volume)
    for wrong in ([first, second], [first, second, second], [first, second, third, volume.pk]):
        with pytest.raises(Invalid, match="volume_order_wrong"):
            operations.order_volume(SYSTEM, volume_id=volume.pk, order=wrong)


def test_splitting_takes_some_and_leaves_some(open_volume):
    volume = open_volume()
    first, second, third = inside(volume)
    made = split(volume, third, first)
    assert (inside(volume), inside(made)) == ([second], [first, third])
    for wrong in ((), (second,)):
        with pytest.raises(Invalid, match="volume_split_wrong"):
            split(volume, *wrong)


def test_merging_lays_the_others_behind(open_volume):
    one, two, three = open_volume(), open_volume(2), open_volume(1)
    wanted = [*inside(one), *inside(three), *inside(two)]
    operations.merge_volumes(SYSTEM, volume_id=one.pk, others=[three.pk, two.pk])
    assert inside(one) == wanted
    with pytest.raises(Conflict, match="volume_of_other_series"):
        operations.merge_volumes(SYSTEM, volume_id=one.pk, others=[open_volume(year=2025).pk])
    operations.seal_volume(SYSTEM, volume_id=one.pk)
    assert not Volume.objects.filter(pk__in=[two.pk, three.pk]).exists()
    assert verify().differences == []


def test_every_step_is_taken_back_in_turn(open_volume):
    volume, other = open_volume(), open_volume(2)
    before = inside(volume)
    first, second, third = before
    operations.order_volume(SYSTEM, volume_id=volume.pk, order=[third, first, second])
    made = split(volume, first)
    operations.merge_volumes(SYSTEM, volume_id=volume.pk, others=[other.pk])
    operations.take_from_volume(SYSTEM, volume_id=volume.pk, item_ids=[third])
    for _ in range(3):
        undo(volume)
    assert inside(volume) == [third, first, second]
    assert len(inside(other)) == 2
    assert not Volume.objects.filter(pk=made.pk).exists()
    undo(volume)
    assert inside(volume) == before
    undo(volume)
    assert inside(volume) == []
    with pytest.raises(Conflict, match="volume_nothing_to_undo"):
        undo(volume)


def test_a_step_of_two_volumes_is_undone_when_it_was_the_last_of_both(open_volume):
    volume = open_volume()
    made = split(volume, inside(volume)[0], inside(volume)[1])
    operations.order_volume(SYSTEM, volume_id=made.pk, order=inside(made)[::-1])
    with pytest.raises(Conflict, match="volume_step_not_last"):
        undo(volume)
    undo(made)
    undo(volume)
    assert len(inside(volume)) == 3


def test_undoing_brings_back_no_draft_that_went_elsewhere(open_volume):
    volume, other = open_volume(), open_volume(0)
    first, second, third = inside(volume)
    operations.take_from_volume(SYSTEM, volume_id=volume.pk, item_ids=[first, second])
    operations.place_draft(SYSTEM, item_id=first, series="CWHD", year=2026)
    operations.add_to_volume(SYSTEM, volume_id=other.pk, item_ids=[second])
    undo(volume)
    assert (inside(volume), inside(other)) == ([third], [second])


def test_the_seal_ends_undoing(open_volume):
    volume = open_volume()
    operations.seal_volume(SYSTEM, volume_id=volume.pk)
    assert not VolumeStep.objects.exists()
    for arrange in (
        lambda: undo(volume),
        lambda: operations.order_volume(SYSTEM, volume_id=volume.pk, order=inside(volume)),
        lambda: split(volume, inside(volume)[0]),
        lambda: operations.merge_volumes(SYSTEM, volume_id=open_volume().pk, others=[volume.pk]),
        lambda: operations.take_from_volume(SYSTEM, volume_id=volume.pk, item_ids=inside(volume)),
    ):
        with pytest.raises(Conflict, match="volume_sealed"):
            arrange()


def test_pieces_of_a_split_draft_stay_where_it_lay(open_volume):
    volume = open_volume(1)
    (longer,) = operations.create_drafts(SYSTEM, [draft(series="CWPZ", pages=[None, None])])
    last = operations.create_drafts(SYSTEM, [draft(series="CWPZ")])
    operations.add_to_volume(SYSTEM, volume_id=volume.pk, item_ids=[longer.pk, *ids(last)])
    _, piece = operations.split_item(SYSTEM, item_id=longer.pk, starts=[2])
    assert inside(volume)[1:] == [longer.pk, piece.pk, last[0].pk]


def test_a_reader_arranges_nothing(open_volume):
    volume = open_volume()
    clerk = reader("cwg")
    with pytest.raises(NotAllowed):
        operations.order_volume(clerk, volume_id=volume.pk, order=inside(volume))
    with pytest.raises(NotAllowed):
        operations.merge_volumes(clerk, volume_id=volume.pk, others=[open_volume().pk])
    with pytest.raises(NotAllowed):
        operations.undo_step(clerk, volume_id=volume.pk)
