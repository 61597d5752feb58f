"""The confirm desk: next, say what is right, file."""

from uuid import uuid4

import pytest

from yidang.holdings.description import Description, Field
from yidang.holdings.models import Item, ItemState
from yidang.holdings.operations import create_volume, place_draft
from yidang.holdings.queries import description
from yidang.holdings.volumes import items_of
from yidang.identity.policy import NOBODY, PERMISSIONS, Grant
from yidang.intake import operations, queries
from yidang.intake.models import FileOutcome, ReceivedFile
from yidang.intake.operations import pages
from yidang.intake.operations.binding import bind
from yidang.intake.operations.confirming import Place
from yidang.intake.operations.filing import GRANT, file_batch
from yidang.kernel.errors import Conflict, Invalid, NotAllowed

from .test_scans import says


@pytest.fixture
def waiting(ingest, folder, make, monkeypatch):
    monkeypatch.setattr(pages, "recognise", lambda _source: says("住院"))
    ingest(folder({f"{name}.jpg": make.picture(shade) for name, shade in (("a", 10), ("b", 60), ("c", 110))}))
    return list(Item.objects.order_by("working_number"))


def test_the_pile_is_gone_through_in_order(waiting, grant):
    first, second, third = waiting
    assert queries.next_waiting(grant) == first
    assert queries.next_waiting(grant, first.pk) == second
    operations.confirm_item(grant=grant, item_id=second.pk, values={})
    assert queries.next_waiting(grant, second.pk) == third
    assert queries.next_waiting(grant, third.pk) == first


def test_what_a_person_says_is_filed(waiting, grant):
    item = operations.confirm_item(
        grant=grant,
        item_id=waiting[0].pk,
        values={"title": "张三住院结算", "formed_on": "2026年3月5日", "amount_total": "1,234.50", "note": ""},
    )

    assert item.state == ItemState.FILED
    said = description(Item.objects.get(pk=item.pk))
    assert (said.title, said.text("formed_on"), said.value("amount_total")) == ("张三住院结算", "2026-03-05", 123450)
    assert said.fields["title"].source == "person"
    assert ReceivedFile.objects.get(item=item).outcome == FileOutcome.ACCEPTED


def test_an_item_is_confirmed_once(waiting, grant):
    operations.confirm_item(grant=grant, item_id=waiting[0].pk, values={})
    with pytest.raises(Conflict, match="item_not_waiting"):
        operations.confirm_item(grant=grant, item_id=waiting[0].pk, values={})


def test_nonsense_is_refused_and_nothing_changes(waiting, grant):
    for values, code in (
        ({"formed_on": "yesterday"}, "field_malformed"),
        ({"nonsense": "x"}, "field_unknown"),
        ({"title": " "}, "item_lacks_title"),
        ({"security_class": "绝密"}, "state_secret_refused"),
    ):
        with pytest.raises(Invalid, match=code):
            operations.confirm_item(grant=grant, item_id=waiting[0].pk, values=values)
    assert Item.objects.get(pk=waiting[0].pk).state == ItemState.WAITING


def test_only_who_may_confirm_confirms(waiting):
    with pytest.raises(NotAllowed):
        operations.confirm_item(grant=NOBODY, item_id=waiting[0].pk, values={})
    with pytest.raises(NotAllowed):
        queries.next_waiting(NOBODY)


def test_a_rejected_item_goes_to_quarantine(waiting, grant):
    operations.send_back(grant=grant, item_id=waiting[0].pk, reason="缺页")

    assert not Item.objects.filter(pk=waiting[0].pk).exists()
    (file,) = queries.quarantined_files(grant)
    assert "缺页" in queries.problem_of(file).message


def test_drafts_are_joined_and_split_by_hand(waiting, grant):
    joined = operations.join(grant=grant, item_ids=[item.pk for item in waiting])
    assert joined.page_count == 3
    assert set(ReceivedFile.objects.values_list("item", flat=True)) == {joined.pk}

    pieces = operations.split(grant=grant, item_id=joined.pk, starts=[2])
    assert [Item.objects.get(pk=piece.pk).page_count for piece in pieces] == [1, 2]
    for piece in pieces:
        operations.confirm_item(grant=grant, item_id=piece.pk, values={"title": "一件"})
    assert set(ReceivedFile.objects.values_list("outcome", flat=True)) == {FileOutcome.ACCEPTED}


def test_an_item_of_a_mixed_folder_is_put_in_its_place_and_filed_there(waiting, grant):
    place = Place("JHWS", 2021)
    item = operations.confirm_item(grant=grant, item_id=waiting[0].pk, values={}, place=place)
    assert item.reference_code.startswith("J001-ZY·YB·JHWS·2021·")


def test_a_place_that_cannot_be_leaves_the_item_where_it_is(waiting, grant):
    with pytest.raises(Invalid, match="item_year_implausible"):
        operations.confirm_item(grant=grant, item_id=waiting[0].pk, values={}, place=Place("JHWS", 9999))
    assert queries.next_waiting(grant) == waiting[0]


def test_what_is_laid_into_a_volume_is_filed_with_its_seal(waiting, grant):
    volume = create_volume(grant, series="CWPZ", year=2026, description=Description({"title": Field("三月凭证")}))
    for item in waiting[:2]:
        place = Place("CWPZ", 2026, volume=volume.pk)
        assert operations.confirm_item(grant=grant, item_id=item.pk, values={}, place=place).state == ItemState.WAITING
    assert [entry.item for entry in items_of(grant, volume)] == waiting[:2]

    filed = bind(grant=grant, volume_id=volume.pk)

    assert [item.reference_code[-9:] for item in filed] == ["0001-0001", "0001-0002"]
    assert set(ReceivedFile.objects.filter(item__in=filed).values_list("outcome", flat=True)) == {FileOutcome.ACCEPTED}


def test_a_series_kept_in_volumes_is_not_filed_by_the_machine(waiting, grant):
    place_draft(grant, item_id=waiting[0].pk, series="CWPZ", year=2026)
    assert file_batch(GRANT, [waiting[0].pk]) == []
    person = Grant(uuid4(), "dangan", "archivist", PERMISSIONS["archivist"], departments=None)
    assert operations.confirm_item(grant=person, item_id=waiting[0].pk, values={}).state == ItemState.FILED
