"""Arrangement by volume: opened, filled, sealed; numbers come with the seal."""

import pytest

from yidang.holdings import operations
from yidang.holdings.models import Item
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict

from .records import describing, draft, ids
from .test_verify import clear_store

pytestmark = pytest.mark.django_db


@pytest.fixture
def volume(scheme):
    clear_store()
    return operations.create_volume(SYSTEM, series="CWPZ", year=2026, description=describing("三月凭证"))


def filled(volume, *drafts) -> list[Item]:
    items = operations.create_drafts(SYSTEM, drafts)
    operations.add_to_volume(SYSTEM, volume_id=volume.pk, item_ids=ids(items))
    return items


def test_sealing_numbers_the_volume_and_its_items(volume):
    filled(volume, draft(series="CWPZ"), draft(series="CWPZ"))
    filed = operations.seal_volume(SYSTEM, volume_id=volume.pk)
    volume.refresh_from_db()
    assert volume.reference_code == "J001-KU·YB·CWPZ·2026·D30-0001"
    assert [item.reference_code for item in filed] == [f"{volume.reference_code}-{n:04d}" for n in (1, 2)]
    assert verify().differences == []


def test_sealing_again_changes_nothing(volume):
    filled(volume, draft(series="CWPZ"))
    first = operations.seal_volume(SYSTEM, volume_id=volume.pk)
    assert ids(operations.seal_volume(SYSTEM, volume_id=volume.pk)) == ids(first)


def test_an_item_of_an_open_volume_is_not_filed_alone(volume):
    (item,) = filled(volume, draft(series="CWPZ"))
    assert operations.file_items(SYSTEM, [item.pk]) == []


def test_nothing_is_laid_into_a_sealed_volume(volume):
    filled(volume, draft(series="CWPZ"))
    operations.seal_volume(SYSTEM, volume_id=volume.pk)
    with pytest.raises(Conflict, match="volume_sealed"):
        filled(volume, draft(series="CWPZ"))


def test_an_empty_or_unready_volume_stays_open(volume):
    with pytest.raises(Conflict, match="volume_empty"):
        operations.seal_volume(SYSTEM, volume_id=volume.pk)
    filled(volume, draft(series="CWPZ"), draft(series="CWPZ", pages=[None]))
    with pytest.raises(Conflict, match="volume_unready") as unready:
        operations.seal_volume(SYSTEM, volume_id=volume.pk)
    assert unready.value.facts["items"] == 1
    volume.refresh_from_db()
    assert volume.reference_code is None


def test_items_of_another_year_do_not_fit(volume):
    with pytest.raises(Conflict, match="item_of_other_series"):
        filled(volume, draft(series="CWPZ", year=2025))


def test_a_series_arranged_by_item_has_no_volumes(scheme):
    with pytest.raises(Conflict, match="series_by_item"):
        operations.create_volume(SYSTEM, series="CBGR", year=2026, description=describing())


def test_an_item_moved_out_of_its_volume_is_counted_by_item(volume):
    filled(volume, draft(series="CWPZ"))
    (item,) = operations.seal_volume(SYSTEM, volume_id=volume.pk)
    moved = operations.move_item(SYSTEM, item_id=item.pk, to_series="CWHD", year=2026, reason="归错类")
    assert moved.reference_code == "J001-KU·YB·CWHD·2026·D100-000001"
    assert moved.volume_id is None
    assert verify().differences == []
