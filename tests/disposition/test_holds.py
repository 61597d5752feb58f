"""What must be kept is kept: holds by case, person and period, and terms nobody is certain of."""

import pytest

from access.conftest import plain_static_files  # noqa: F401 - a fixture
from access.visitors import visiting
from yidang.disposition import appraising, holding, kinds, listing
from yidang.disposition.models import HoldOrder, TermConfirmation
from yidang.holdings import operations
from yidang.holdings.models import Hold
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.models import LedgerEntry
from yidang.workflow.models import Approval

from .records import PERSON, file

pytestmark = pytest.mark.django_db


def place(bureau, kind, item):
    if kind == "person":
        return holding.place_on_person(bureau.archivist, person=PERSON, reason="举报核查")
    if kind == "period":
        years = {"first_year": 2013, "last_year": 2014}
        return holding.place_on_period(bureau.archivist, series="DYMZ", **years, reason="专项检查")
    return holding.place_on_case(bureau.archivist, case="稽核2026-1", codes=[item.reference_code], reason="案件")


@pytest.mark.parametrize("kind", ["case", "person", "period"])
def test_what_is_held_is_neither_listed_nor_moved(bureau, kind):
    (item,) = file(id_number=PERSON)
    order = place(bureau, kind, item)
    assert Hold.objects.get().reference == order.id
    appraisal = bureau.reported()
    assert [code for _, code in listing.against(appraisal)] == ["held"]
    with pytest.raises(Conflict, match="list_nothing_to_destroy"):
        bureau.drawn(appraisal)
    with pytest.raises(Conflict, match="item_on_hold"):
        operations.move_item(SYSTEM, item_id=item.pk, to_series="CBGR", year=2014, reason="误归")


def test_two_lift_it(bureau):
    (item,) = file(id_number=PERSON)
    order = place(bureau, "person", item)
    with pytest.raises(NotAllowed):
        bureau.sanction(kinds.LIFT, {"order": str(order.id)}, by="archivist")
    bureau.sanction(kinds.LIFT, {"order": str(order.id)})
    assert not Hold.objects.exists()
    assert bureau.drawn().items.count() == 1
    with pytest.raises(Conflict, match="hold_lifted"):
        bureau.sanction(kinds.LIFT, {"order": str(order.id)})


def test_the_end_of_a_hold_is_asked_for_once(bureau):
    order = place(bureau, "period", None)
    client = visiting(bureau.staff["archivist"])
    path = f"/disposition/holds/{order.id}/lift/"
    assert client.post(path, {"reason": "已结"}).status_code == 302
    answer = client.post(path, {"reason": "已结"})
    assert (answer.status_code, Approval.objects.count()) == (409, 1)
    page = client.get("/disposition/holds/").content.decode()
    assert f"/approvals/{Approval.objects.get().id}/" in page
    assert path not in page


def test_what_was_typed_stays_beside_the_problem(bureau):
    typed = {"kind": "case", "case": "稽核2026-1", "codes": "J001-NO", "reason": "案件待查"}
    page = visiting(bureau.staff["archivist"]).post("/disposition/holds/", typed)
    assert page.status_code == 422
    assert all(word in page.content.decode() for word in typed.values())


def test_what_is_filed_later_falls_under_the_order_at_once(bureau):
    place(bureau, "person", None)
    place(bureau, "period", None)
    (item,) = file(id_number=PERSON)
    assert holding.held_by_orders([item.pk]) == {item.pk}
    assert holding.spread() == 2
    assert holding.spread() == 0


def test_nothing_personal_of_it_stands_in_clear(bureau):
    order = place(bureau, "person", None)
    assert PERSON.encode() not in b"".join(bytes(one) for one in LedgerEntry.objects.values_list("entry", flat=True))
    assert PERSON.encode() not in bytes(order.sealed)
    assert holding.words_of(HoldOrder.objects.get())["reason"] == "举报核查"


def test_a_term_nobody_is_certain_of_blocks_until_two_confirm_it(bureau):
    file(series="DYJS", year=1990)
    appraisal = bureau.appraisal(series=["DYJS"])
    bureau.say(appraisal)
    appraising.report(bureau.archivist, appraisal_id=appraisal.id, text="到期")
    with pytest.raises(Conflict, match="list_nothing_to_destroy"):
        bureau.drawn(appraisal)
    plan = {"version": "2026-1", "rule": "YBD01", "term": "D30", "source": "档规〔2026〕3号"}
    with pytest.raises(NotAllowed):
        bureau.sanction(kinds.TERM, plan, by="authority")
    bureau.sanction(kinds.TERM, plan)
    assert TermConfirmation.objects.get().rule_code == "YBD01"
    assert bureau.drawn(appraisal).items.count() == 1


@pytest.mark.parametrize("source", ["", " "])
def test_a_confirmation_names_its_source(bureau, source):
    plan = {"version": "2026-1", "rule": "YBD01", "term": "D30", "source": source}
    with pytest.raises(Invalid, match="term_source_missing"):
        bureau.sanction(kinds.TERM, plan)
