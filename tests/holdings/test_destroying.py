"""The end of a record: what goes, what stays, and what a crash in between leaves to do."""

from dataclasses import replace
from datetime import date

import pytest
from django.conf import settings

from yidang.crypto import keyring_backup
from yidang.crypto.keyring import forget_keyrings
from yidang.holdings import operations, stored, tombstones
from yidang.holdings.models import Hold, Item, Tombstone
from yidang.holdings.queries import visible_items
from yidang.holdings.rebuild import rebuild
from yidang.holdings.scheme import load_scheme
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM
from yidang.kernel import clock, period
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.ledger.operations import append
from yidang.ledger.queries import private_facts
from yidang.preservation import repository

from .records import describing

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=tmp_path / "home", store=""))


def end(*items):
    operations.bury(SYSTEM, items=[item.pk for item in items], list_number="X2026-1")
    return operations.erase_unerased()


def test_what_is_destroyed_leaves_a_tombstone_and_nothing_to_read(file_one):
    item, other = file_one(), file_one()
    assert end(item) == 1
    stone = Tombstone.objects.get()
    assert (stone.reference_code, stone.series_id, stone.year) == (item.reference_code, "CBGR", 2026)
    assert not visible_items(SYSTEM).filter(pk=item.pk).exists()
    with pytest.raises(NotFound):
        stored.dossier(item.pk)
    assert stored.dossier(other.pk).reference_code == other.reference_code
    assert verify().differences == []


def test_no_private_word_of_it_stays_in_the_ledger_and_the_ledger_is_proved(file_one):
    item = file_one()
    entry = append(action="item.described", actor="system:test", subject=item.pk, private={"title": "张三登记表"})
    assert private_facts(entry)
    end(item)
    assert private_facts(entry) is None
    assert LedgerEntry.objects.filter(subject=item.pk).count() == 3
    assert verify().differences == []


def test_a_held_item_is_not_destroyed(file_one):
    item = file_one()
    Hold.objects.create(item=item, room="test", reason_code="case", placed_at=clock.now())
    with pytest.raises(Conflict, match="item_on_hold"):
        end(item)
    assert Item.objects.filter(pk=item.pk).exists()


def test_cut_short_after_the_catalogue_it_goes_on(file_one):
    item = file_one()
    operations.bury(SYSTEM, items=[item.pk], list_number="X2026-1")
    assert tombstones.unerased() == [item.pk]
    assert verify().differences == []
    operations.bury(SYSTEM, items=[item.pk], list_number="X2026-1")
    assert [operations.erase_unerased(), operations.erase_unerased()] == [1, 0]
    assert not repository.exists(item.pk)
    assert verify().differences == []


@pytest.mark.parametrize("step", ["keys.delete", "store.delete_prefix"])
def test_cut_short_inside_the_store_it_goes_on(file_one, monkeypatch, step):
    item = file_one()
    operations.bury(SYSTEM, items=[item.pk], list_number="X2026-1")
    owner, name = step.split(".")
    kind = type(getattr(repository.place_of(item.pk), owner))
    real = getattr(kind, name)

    def dies(*arguments):
        real(*arguments)
        raise KeyboardInterrupt

    monkeypatch.setattr(kind, name, dies)
    with pytest.raises(KeyboardInterrupt):
        operations.erase_unerased()
    monkeypatch.setattr(kind, name, real)
    assert operations.erase_unerased() == 1
    assert verify().differences == []


def test_its_number_is_never_given_again(file_one):
    item = file_one()
    end(item)
    assert file_one().reference_code != item.reference_code


def test_verify_names_a_tombstone_that_was_touched(file_one):
    end(file_one())
    Tombstone.objects.update(list_number="X2026-9")
    assert [found.code for found in verify().differences] == ["tombstone_changed"]
    Tombstone.objects.all().delete()
    assert "tombstone_gone" in {found.code for found in verify().differences}


def test_rebuild_brings_back_the_tombstone_and_not_the_record(file_one):
    item, other = file_one(), file_one()
    end(item)
    before = Tombstone.objects.values(*tombstones.TOLD).get()
    Item.objects.all().delete()
    Tombstone.objects.all().delete()
    load_scheme()
    report = rebuild()
    assert report.differences == []
    assert Tombstone.objects.values(*tombstones.TOLD).get() == before
    assert set(Item.objects.values_list("pk", flat=True)) == {other.pk}
    assert verify().differences == []


def test_a_copy_of_the_keys_delays_the_end_and_opens_nothing_after_it(file_one, tmp_path, monkeypatch):
    item = file_one()
    copy = keyring_backup.write(tmp_path / "ring", days=30)
    end(item)
    assert Tombstone.objects.get().complete_at == copy.expires_at
    assert tombstones.last_complete_end() is None
    monkeypatch.setattr(clock, "now", lambda: copy.expires_at.replace(year=copy.expires_at.year + 1))
    assert tombstones.last_complete_end() == Tombstone.objects.get().erased_at
    with pytest.raises(Conflict, match="keyring_backup_expired"):
        keyring_backup.restore(tmp_path / "ring")
    forget_keyrings()
    with pytest.raises(NotFound):
        stored.dossier(item.pk)


@pytest.mark.parametrize(("year", "formed", "term"), [(2015, "2015-05-20", "D10"), (2014, "2015-01-02", "D30")])
def test_the_database_counts_terms_as_the_rule_does(file_one, year, formed, term):
    item = file_one(describing(formed_on=formed), year=year)
    Item.objects.filter(pk=item.pk).update(term=term)
    item.refresh_from_db()
    assert item.due_year == period.expires_on(date.fromisoformat(formed).year, term).year
    Item.objects.filter(pk=item.pk).update(term="Y")
    item.refresh_from_db()
    assert item.due_year is None


def test_a_new_term_changes_no_number(file_one):
    item = file_one()
    changed = operations.reappraise(SYSTEM, item_id=item.pk, term="Y", reason="鉴定：永久")
    assert (changed.reference_code, changed.term) == (item.reference_code, "Y")
    assert verify().differences == []
