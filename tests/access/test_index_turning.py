"""After a new root key everything is found as before, while indexes are made anew and afterwards."""

from datetime import timedelta

import pytest
from django.db import connection

from people import employ
from yidang.access.engine import answering, search_index
from yidang.access.requests import operations as requests
from yidang.claims.models import Enrolee
from yidang.crypto import custody, rotation
from yidang.crypto.fields import blind_index
from yidang.disposition import holding
from yidang.holdings.emergency import break_glass
from yidang.holdings.models import Item
from yidang.holdings.verify import verify
from yidang.identity.policy import SYSTEM, grant_for
from yidang.identity.reach import acting
from yidang.kernel import clock
from yidang.site.keys import indexes

from .records import archive, ask, draft

PERSON = "11010519491231002X"
FORMS = "SELECT DISTINCT length(digest) FROM holdings_identifier"


@pytest.fixture
def house(scheme):
    return House()


class House:
    """Two records of one person, and whoever asks for them by ID number."""

    def __init__(self) -> None:
        words = {"department": "骨科", "id_number": PERSON, "person_name": "张三"}
        self.items = {item.pk for item in archive(*(draft(title, title=title, **words) for title in "甲乙"))}
        self.clerk, self.doctor = grant_for(employ("dangan", "archivist")), employ("xinnei", "doctor", "k-xxg")
        asking = requests.Asking("张三", PERSON, "张三", "本人到场", "身份证", "查阅")
        self.request = requests.take_in(grant=self.clerk, kind="access", relation="self", asking=asking)
        self.order = holding.place_on_person(self.clerk, person=PERSON, reason="举报核查")
        self.break_glass(self.doctor)

    def break_glass(self, doctor) -> None:
        break_glass(grant=grant_for(doctor), id_number=PERSON, reason="急诊昏迷病人需核对用药史")

    def finds_all(self) -> bool:
        return {
            frozenset(item.pk for item in requests.records(self.clerk, self.request)),
            frozenset(holding.held_by_orders(list(self.items))),
            frozenset(self.seen_by(self.doctor)),
            frozenset(hit.item.pk for hit in ask(PERSON).hits),
            frozenset(hit.item.pk for hit in ask("张三").hits),
        } == {frozenset(self.items)} and not verify().differences

    def seen_by(self, doctor) -> set:
        with acting(grant_for(doctor)):
            return set(Item.objects.values_list("pk", flat=True))


def lengths() -> set[int]:
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(FORMS)
        return {row[0] for row in cursor.fetchall()}


def finish(monkeypatch: pytest.MonkeyPatch) -> None:
    later = clock.now() + timedelta(minutes=5)
    with monkeypatch.context() as patch:
        patch.setattr(clock, "now", lambda: later)
        while rotation.advance():
            pass


def old() -> dict[str, list[int]]:
    return {one.family: one.old for one in rotation.state() if one.family in {"index", "search"}}


def test_a_person_is_found_before_while_and_after(house, monkeypatch):
    assert house.finds_all()
    custody.replace_root("file")
    assert house.finds_all()
    assert old() == {"index": [1], "search": [1]}
    finish(monkeypatch)
    assert house.finds_all()
    assert (lengths(), old()) == ({18}, {"index": [], "search": []})
    assert bytes(holding.find_order(house.order.id).digest) == blind_index("id_number", PERSON)


def test_emergency_access_opens_all_of_a_person_while_it_runs(house):
    custody.replace_root("file")
    archive(draft("丙", title="丙", department="骨科", id_number=PERSON))  # stands under the new version already
    other = employ("waike", "doctor", "k-xxg")
    house.break_glass(other)
    assert len(house.seen_by(other)) == 3
    assert len(house.seen_by(house.doctor)) == 3


def test_a_run_cut_off_goes_on_where_it_stood(house, monkeypatch):
    monkeypatch.setattr(indexes, "_STEP", 1)
    archive(draft("丙", title="丙", id_number="110101199003074610"))
    custody.replace_root("file")
    items = next(one for one in indexes.index_passes() if one.name == "holdings_identifier")
    before = items.left()
    assert next(items.steps()) == 1
    assert 0 < items.left() < before
    assert house.finds_all()
    finish(monkeypatch)
    assert (items.left(), lengths()) == (0, {18})


def test_the_index_answers_under_new_keys_and_the_former_is_gone(house, monkeypatch):
    former = search_index()
    custody.replace_root("file")
    finish(monkeypatch)
    assert answering() == 2
    assert former.watermark() is None
    archive(draft("糖尿病", title="丁"))
    assert ask("糖尿病").total == 1


def test_what_cannot_be_opened_is_counted_and_keeps_the_former_version(scheme, monkeypatch):
    Enrolee.objects.create(person=5, id_index=blind_index("id_number", PERSON), updated_at=clock.now())
    custody.replace_root("file")
    finish(monkeypatch)
    assert old()["index"] == [1]
    assert {name: count for one in rotation.state() for name, count in one.left.items() if count} == {
        "claims_enrolee": 1
    }
