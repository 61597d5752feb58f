"""A sealed volume changes by a recorded supplement alone, and a second person checks it."""

import pytest

from yidang.holdings import operations
from yidang.holdings.models import Alias, Item, NumberSequence, Volume
from yidang.holdings.rebuild import rebuild
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.queries import history, private_facts

from .grants import grant
from .records import describing, draft, ids
from .test_verify import clear_store

pytestmark = pytest.mark.django_db

MAKER, CHECKER = grant("archivist", None), grant("archivist", None)


@pytest.fixture
def volume(scheme) -> Volume:
    """Sealed, with two items."""
    clear_store()
    made = operations.create_volume(MAKER, series="CWPZ", year=2026, description=describing("三月凭证"))
    operations.add_to_volume(MAKER, volume_id=made.pk, item_ids=late(2))
    operations.seal_volume(MAKER, volume_id=made.pk, note="第二件缺附件")
    made.refresh_from_db()
    return made


def late(count=1, **more) -> list:
    return ids(operations.create_drafts(SYSTEM, [draft(series="CWPZ", **more) for _ in range(count)]))


def supplement(volume, items, cause="came_late", note="四月才送到", by=MAKER) -> list[Item]:
    return operations.supplement_volume(by, volume_id=volume.pk, item_ids=items, cause=cause, note=note)


def told(volume, action) -> list:
    return [event for event in history(volume.pk) if event.action == action]


def test_a_supplement_comes_after_the_last_number_with_a_ledger_row_of_its_own(volume):
    items = supplement(volume, late(2))
    assert [item.reference_code for item in items] == [f"{volume.reference_code}-{n:04d}" for n in (3, 4)]
    (event,) = told(volume, "volume.supplemented")
    assert event.facts == {"cause": "came_late", "reference_codes": [item.reference_code for item in items]}
    assert private_facts(event.id) == {"note": "四月才送到"}
    assert verify().differences == []


def test_a_number_that_was_moved_away_is_not_given_again(volume):
    last = Item.objects.get(reference_code=f"{volume.reference_code}-0002")
    operations.move_item(SYSTEM, item_id=last.pk, to_series="CWHD", year=2026, reason="归错类")
    (item,) = supplement(volume, late())
    assert item.reference_code == f"{volume.reference_code}-0003"
    assert Alias.objects.filter(reference_code=f"{volume.reference_code}-0002").exists()


@pytest.mark.parametrize(
    ("values", "code"), [({"cause": ""}, "supplement_cause_missing"), ({"note": " "}, "supplement_note_missing")]
)
def test_a_supplement_says_why(volume, values, code):
    with pytest.raises(Invalid, match=code):
        supplement(volume, late(), **values)


def test_only_what_fits_is_added(volume):
    for items, code in ((late(pages=[None]), "volume_unready"), (late(year=2025), "item_of_other_series")):
        with pytest.raises(Conflict, match=code):
            supplement(volume, items)
    with pytest.raises(Conflict, match="item_not_draft"):
        supplement(volume, list(Item.objects.filter(volume=volume).values_list("pk", flat=True)))
    assert told(volume, "volume.supplemented") == []


def test_an_open_volume_takes_no_supplement_and_no_check(scheme):
    made = operations.create_volume(MAKER, series="CWPZ", year=2026, description=describing())
    with pytest.raises(Conflict, match="volume_not_sealed"):
        supplement(made, late())
    with pytest.raises(Conflict, match="volume_not_sealed"):
        operations.check_volume(CHECKER, volume_id=made.pk)


def test_another_person_checks_and_checks_again_after_a_supplement(volume):
    with pytest.raises(Conflict, match="volume_checked_by_its_maker"):
        operations.check_volume(MAKER, volume_id=volume.pk)
    operations.check_volume(CHECKER, volume_id=volume.pk)
    with pytest.raises(Conflict, match="volume_checked"):
        operations.check_volume(CHECKER, volume_id=volume.pk)
    supplement(volume, late(), by=CHECKER)
    with pytest.raises(Conflict, match="volume_checked_by_its_maker"):
        operations.check_volume(CHECKER, volume_id=volume.pk)
    operations.check_volume(MAKER, volume_id=volume.pk)
    assert len(told(volume, "volume.checked")) == 2


def test_a_reader_supplements_nothing(volume):
    with pytest.raises(NotAllowed):
        supplement(volume, late(), by=grant("reader", {"cwg"}))


def test_a_volume_lasts_as_long_as_what_lasts_longest_in_it(scheme):
    made = operations.create_volume(MAKER, series="CWPZ", year=2026, description=describing())
    items = late(2)
    Item.objects.filter(pk=items[1]).update(term="Y")
    operations.add_to_volume(MAKER, volume_id=made.pk, item_ids=items)
    operations.seal_volume(MAKER, volume_id=made.pk)
    made.refresh_from_db()
    assert (made.term, made.reference_code) == ("Y", "J001-KU·YB·CWPZ·2026·Y-0001")


def test_rebuild_brings_volume_and_supplement_back(volume):
    supplement(volume, late())
    Item.objects.all().delete()
    Volume.objects.all().delete()
    NumberSequence.objects.all().delete()
    assert rebuild().differences == []
    assert Item.objects.filter(volume=volume.pk).count() == 3
    (item,) = supplement(volume, late())
    assert item.reference_code.endswith("-0004")
    assert verify().differences == []
