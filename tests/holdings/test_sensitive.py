"""Records of the most sensitive class stand in a store of their own, from filing on and after every change of class."""

import pytest

from yidang.crypto.keyring import keyring
from yidang.holdings import operations, places, queries
from yidang.holdings.models import Item
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.preservation import repository
from yidang.preservation.places import place_of

from .records import describing

pytestmark = pytest.mark.django_db


def stands_in(item: Item) -> tuple[str, list[str]]:
    rings = [name for name in (places.MAIN, places.SENSITIVE) if keyring(name).ids_below(f"{item.pk}/v")]
    return place_of(item.pk).name, rings


def change_class(item: Item, written: str) -> Item:
    described = describing(security_class=written)
    return operations.save_description(SYSTEM, item_id=item.pk, description=described, reason="定密")


def test_the_class_decides_at_filing(file_one):
    assert stands_in(file_one(describing(security_class="敏感"))) == (places.SENSITIVE, [places.SENSITIVE])
    assert stands_in(file_one(describing(security_class="内部"))) == (places.MAIN, [places.MAIN])


def test_a_change_of_class_moves_the_whole_record(file_one):
    item = change_class(file_one(), "敏感")
    assert stands_in(item) == (places.SENSITIVE, [places.SENSITIVE])
    assert queries.version_description(item, 1).title == "张三参保登记表"
    assert verify([item.reference_code]).holds
    item = change_class(item, "内部")
    assert stands_in(item) == (places.MAIN, [places.MAIN])
    assert verify([item.reference_code]).holds
    assert repository.versions(item.pk) == [1, 2, 3]


def test_what_stands_in_the_wrong_store_is_named_and_moved(file_one):
    item = file_one(describing(security_class="敏感"))
    repository.move(item.pk, places.MAIN)
    found = [one.code for one in places.differences(except_of=[])]
    assert found == ["item_in_wrong_store"]
    assert places.move_misplaced() == 1
    assert places.differences(except_of=[]) == []
    assert stands_in(item) == (places.SENSITIVE, [places.SENSITIVE])
