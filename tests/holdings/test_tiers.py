"""Records go to the cold store and back by an approved policy, and are whole and readable at every moment."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from yidang.holdings import operations, stored
from yidang.holdings.models import Hold, Item
from yidang.holdings.tiering import operations as tiering
from yidang.holdings.tiering.status import status
from yidang.identity.policy import SYSTEM
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid
from yidang.ledger.models import LedgerEntry
from yidang.ledger.operations import append
from yidang.preservation import fixity, moving, repository
from yidang.preservation.places import place, placement
from yidang.preservation.repository import COLD, MAIN
from yidang.preservation.tiers.models import ColdObject, TierRun
from yidang.preservation.tiers.prices import saved_a_month
from yidang.preservation.tiers.rules import ANY, Facts, Rule, belongs_cold, checked, rule_for

from .records import describing, draft

pytestmark = pytest.mark.django_db(transaction=True)
RULES = [{"series": ANY, "min_age_years": 3, "min_idle_days": 0}]


@pytest.fixture
def items(scheme):
    made = operations.create_drafts(SYSTEM, [draft() for _ in range(2)])
    return operations.file_items(SYSTEM, [item.pk for item in made])


def adopt(rows=RULES):
    from uuid import uuid4

    return tiering.adopt(rows=rows, effective_from=clock.today(), asked_by=uuid4(), approved_by=uuid4())


def stands(item) -> str:
    return placement().of([item.pk]).get(item.pk, MAIN)


def age(years=10):
    Item.objects.update(year=clock.today().year - years)


@given(st.integers(0, 50), st.integers(0, 5000), st.integers(0, 50), st.integers(0, 5000))
def test_older_and_less_used_is_never_hotter(years, days, age_years, idle):
    rules = [Rule(ANY, years, days)]
    if belongs_cold(rules, Facts("X", age_years, idle)):
        assert belongs_cold(rules, Facts("X", age_years + 1, idle + 1))
        assert not belongs_cold(rules, Facts("X", age_years, idle, is_kept_hot=True))


def test_a_class_has_its_own_rule_before_the_one_for_any():
    rules = [Rule(ANY, 1, 1), Rule("CB", 9, 9)]
    assert rule_for(rules, "CB") == rules[1]
    assert rule_for(rules, "DY") == rules[0]
    assert not belongs_cold([Rule("CB", 0, 0)], Facts("DY", 99, 99999))
    for wrong in ([], [{"series": "", "min_age_years": 1, "min_idle_days": 1}], [*RULES, *RULES], [{"series": "a"}]):
        with pytest.raises(Invalid):
            checked(wrong)


def test_without_an_approved_policy_nothing_moves(items):
    with pytest.raises(Conflict) as refused:
        tiering.run(SYSTEM)
    assert refused.value.code == "tier_policy_missing"


def test_old_records_go_cold_and_read_as_before(items, client):
    before = stored.dossier(items[0].pk)
    adopt()
    assert tiering.run(SYSTEM).done == 0  # young
    age()
    done = tiering.run(SYSTEM)
    assert (done.cooled, done.total) == (2, 2)
    assert {stands(item) for item in items} == {COLD}
    assert stored.dossier(items[0].pk) == before
    assert not list(fixity.verify_all())
    told = status()
    assert told["cold"]["objects"] == 2
    assert told["cold"]["bytes"] == done.bytes > 0
    assert LedgerEntry.objects.filter(action="tiers.run").count() == 1


def test_what_is_used_comes_back_and_a_new_version_stands_hot(items):
    adopt([{"series": ANY, "min_age_years": 3, "min_idle_days": 30}])
    age()
    Item.objects.update(filed_at=clock.now() - timedelta(days=99))
    assert tiering.run(SYSTEM).cooled == 2
    with transaction.atomic():
        append(action="item.viewed", actor="x", subject=items[0].pk, facts={})
    assert tiering.run(SYSTEM).recalled == 1
    assert stands(items[0]) == MAIN
    operations.save_description(SYSTEM, item_id=items[1].pk, description=describing("新题名"), reason="改")
    assert stands(items[1]) == MAIN
    assert repository.versions(items[1].pk) == [1, 2]


def test_held_records_and_the_most_sensitive_class_stay(items):
    adopt()
    age()
    Hold.objects.create(item=items[0], room="loan", reason_code="out", placed_at=clock.now())
    Item.objects.filter(pk=items[1].pk).update(security_class="sensitive")
    assert tiering.run(SYSTEM).done == 0


def test_a_recall_shows_its_progress_and_survives_being_cut(items, monkeypatch):
    adopt()
    age()
    tiering.run(SYSTEM)
    asked = tiering.ask_recall(SYSTEM, codes=[item.reference_code for item in items])
    with monkeypatch.context() as patch:
        patch.setattr(moving, "_point_to", cut)
        with pytest.raises(KeyboardInterrupt):
            tiering.advance(SYSTEM)
    assert stored.dossier(items[0].pk).id == str(items[0].pk)
    repository.sweep()
    tiering.advance(SYSTEM)
    done = TierRun.objects.get(pk=asked.pk)
    assert (done.total, bool(done.ended_at), done.wanted) == (2, True, [])
    assert {stands(item) for item in items} == {MAIN}
    assert not list(fixity.verify_all())
    with pytest.raises(Invalid):
        tiering.ask_recall(SYSTEM, codes=[items[0].reference_code])


def cut(*_):
    raise KeyboardInterrupt


def test_a_wrong_copy_is_noticed_before_the_original_goes(items, monkeypatch):
    adopt()
    age()
    store = place(COLD).store
    real = type(store).put

    def spoiling(self, key, data, **how):
        real(self, key, b"spoilt" if self is store and "/content/" in key else data, **how)

    with monkeypatch.context() as patch:
        patch.setattr(type(store), "put", spoiling)
        with pytest.raises(Invalid, match="object_copy_differs"):
            tiering.run(SYSTEM)
    assert {stands(item) for item in items} == {MAIN}
    assert stored.dossier(items[0].pk).id == str(items[0].pk)


def test_a_rebuild_knows_the_cold_store(items):
    adopt()
    age()
    tiering.run(SYSTEM)
    placement().remove([item.pk for item in items])
    ColdObject.objects.all().delete()
    assert repository.rebuild_placement() >= len(items)
    assert {stands(item) for item in items} == {COLD}
    tiering.run(SYSTEM)
    assert ColdObject.objects.filter(object_id__in=[item.pk for item in items]).count() == len(items)


def test_the_saving_follows_the_prices():
    assert saved_a_month(0) == 0
    assert saved_a_month(1024**4) == Decimal("665.60")
    assert settings.YIDANG.cold_store_url.endswith("store-cold")
