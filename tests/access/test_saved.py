"""A question kept under a name, and a list of chosen hits taken along."""

import csv
import io
from uuid import uuid4

import pytest

from yidang.access.query import parse
from yidang.access.saved.listing import as_csv, list_of
from yidang.access.saved.models import SavedView
from yidang.access.saved.operations import forget_view, save_view, views_of
from yidang.identity.models import Staff
from yidang.identity.policy import PERMISSIONS, Grant
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry

from .records import archive, draft

pytestmark = pytest.mark.usefixtures("scheme")


def person(username, role="archivist"):
    made = Staff.objects.create(username=username, display_name=username)
    return Grant(made.pk, username, role, PERMISSIONS[role], None)


QUESTION = parse("王小明 住院", {"series": ["DYJS"], "from": ["2026-01-01"]})


def test_a_saved_view_asks_the_same_again_and_its_address_shows_no_word():
    mine = person("a")
    save_view(grant=mine, name="王小明的住院", query=QUESTION)
    (view,) = views_of(mine)
    assert view.name == "王小明的住院"
    assert "series=DYJS" in view.address
    assert "from=2026-01-01" in view.address
    assert "%E7%8E%8B" not in view.address
    kept = bytes(SavedView.objects.get().sealed) + b"".join(bytes(e.entry) for e in LedgerEntry.objects.all())
    assert "王小明".encode() not in kept


def test_the_same_name_means_the_newer_question():
    mine = person("a")
    save_view(grant=mine, name="常用", query=QUESTION)
    save_view(grant=mine, name=" 常用 ", query=parse("门诊", {}))
    assert len(views_of(mine)) == 1
    assert "series" not in views_of(mine)[0].address


def test_nobody_sees_or_forgets_the_views_of_another():
    mine, other = person("a"), person("b")
    made = save_view(grant=mine, name="常用", query=QUESTION)
    assert views_of(other) == []
    with pytest.raises(NotFound):
        forget_view(grant=other, view_id=made.id)
    forget_view(grant=mine, view_id=made.id)
    assert views_of(mine) == []
    assert [e.action for e in LedgerEntry.objects.order_by("id")][-2:] == ["view.saved", "view.forgotten"]


@pytest.mark.parametrize(
    ("name", "query", "code"),
    [
        ("  ", QUESTION, "view_name_missing"),
        ("空", parse("", {}), "view_blank"),
        ("身份证", parse("身份证:330106198001010013", {}), "view_not_kept"),
    ],
)
def test_what_is_not_kept(name, query, code):
    with pytest.raises(Invalid) as refusal:
        save_view(grant=person("a"), name=name, query=query)
    assert refusal.value.code == code


def test_there_is_an_end_to_views(monkeypatch):
    monkeypatch.setattr("yidang.access.saved.operations.MOST", 1)
    mine = person("a")
    save_view(grant=mine, name="一", query=QUESTION)
    save_view(grant=mine, name="一", query=QUESTION)
    with pytest.raises(Conflict):
        save_view(grant=mine, name="二", query=QUESTION)


def test_the_chosen_are_taken_along_in_their_order_and_it_is_logged():
    (one, two, _) = archive(draft("甲", title="=1+1"), draft("乙", title="乙材料"), draft("丙"))
    items, titles = list_of(person("a"), [two.pk, one.pk, uuid4()], "csv")
    assert [item.pk for item in items] == [two.pk, one.pk]
    assert titles == ["乙材料", "=1+1"]
    assert LedgerEntry.objects.filter(action="list.exported").count() == 1


def test_what_somebody_may_not_see_is_on_no_list():
    (hidden,) = archive(draft("甲"))
    mine = person("a")
    blind = Grant(mine.staff_id, "a", "archivist", mine.permissions, frozenset())
    with pytest.raises(Invalid) as refusal:
        list_of(blind, [hidden.pk], "csv")
    assert refusal.value.code == "list_empty"
    with pytest.raises(NotAllowed):
        list_of(person("b", "reader"), [hidden.pk], "csv")


def test_a_title_is_never_a_formula():
    head, rows = ["档号", "题名"], [["J001", "=1+1"], ["J002", "正常"]]
    read = list(csv.reader(io.StringIO(as_csv(head, rows).decode("utf-8-sig"))))
    assert read == [head, ["J001", "'=1+1"], ["J002", "正常"]]
