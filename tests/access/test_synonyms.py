"""A word that people ask with is taken on as a synonym, used by the search, and taken back."""

import pytest

from yidang.access.models import Synonym
from yidang.access.synonyms.finding import in_force
from yidang.access.synonyms.operations import accept_synonym
from yidang.kernel.errors import Invalid, NotAllowed
from yidang.ledger.models import LedgerEntry

from .lending_people import crew, foreign_record
from .records import ask
from .visitors import visiting

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(scheme):
    return crew()


@pytest.fixture
def record(scheme):
    return foreign_record()


def test_a_proposed_synonym_is_taken_on_used_and_taken_back(people, record):
    desk, archivist = visiting(people.archivist), people.grant("archivist")
    title = ask("第二页", archivist).hits
    assert not ask("入保单子", archivist).total
    for words, like in (
        ("入保单子", "入保单子"),
        ("两个 词", "第二页"),
        ("11010519491231002X", "第二页"),
        ("单", "表"),
    ):
        with pytest.raises(Invalid):
            accept_synonym(archivist, words=words, like=like)
    assert desk.post("/use/synonyms/", {"words": "入保单子", "like": "第二页"}).status_code == 302
    assert desk.post("/use/synonyms/", {"words": " 入保单子 ", "like": "登记表"}).status_code == 409
    found = ask("入保单子", archivist)
    assert [hit.item for hit in found.hits] == [hit.item for hit in title]
    assert found.total
    assert not ask("病历 入保单子 -入保单子", archivist).total
    (one, *_), *_ = in_force()
    page = desk.get("/use/synonyms/").content.decode()
    assert "入保单子" in page
    assert "入保".encode() not in bytes(Synonym.objects.first().sealed)
    assert desk.post(f"/use/synonyms/{one}/end/").status_code == 302
    assert not ask("入保单子", archivist).total
    entries = LedgerEntry.objects.filter(action__startswith="synonym.")
    assert not any("入保".encode() in bytes(row.entry) for row in entries)
    with pytest.raises(NotAllowed):
        accept_synonym(people.grant("borrower"), words="入保单子", like="第二页")


def test_a_synonym_that_names_a_class_finds_its_records(people, record):
    archivist = people.grant("archivist")
    accept_synonym(archivist, words="甲乙丙丁戊", like=record.series.title_zh)
    assert record.pk in [hit.item.pk for hit in ask("甲乙丙丁戊", archivist).hits]
