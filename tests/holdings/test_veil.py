"""Private words are covered until one person asks for one of them with a reason, and the ledger hears of it."""

import pytest

from yidang.holdings import operations, showing
from yidang.holdings.veil import Veil
from yidang.identity.policy import PERMISSIONS, SYSTEM, Grant
from yidang.identity.reaches import Reach
from yidang.kernel.errors import Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry

from .grants import ARCHIVIST, MISCONFIGURED_ADMIN, reader
from .records import describing, draft

pytestmark = pytest.mark.django_db
PRIVATE = {
    "person_name": "张三丰",
    "id_number": "11010519491231002X",
    "phone": "13812345678",
    "diagnosis": "高血压三级",
}


@pytest.fixture
def item(file_one):
    return file_one(describing("张三丰住院结算单（高血压三级）", **PRIVATE), series="DYJS")


def shown(grant, item) -> dict[str, str]:
    return {one.spec.key: one.text for one in showing.open_item(grant, item.pk).fields}


@pytest.mark.parametrize("grant", [ARCHIVIST, reader("dyg")], ids=["archivist", "reader"])
def test_whoever_opens_a_record_finds_its_person_covered(item, grant):
    opened = showing.open_item(grant, item.pk)
    texts = shown(grant, item)
    assert opened.title == "张**住院结算单（*****）"
    assert {key: texts[key] for key in PRIVATE} == {
        "person_name": "张**",
        "id_number": "1101**********002X",
        "phone": "138****5678",
        "diagnosis": "***",
    }


@pytest.mark.parametrize("key", [*PRIVATE, "title"])
def test_one_value_is_uncovered_for_a_reason_that_the_ledger_keeps(item, key):
    before = LedgerEntry.objects.count()
    value = showing.unmask(grant=reader("dyg"), item_id=item.pk, key=key, reason="核对待遇")
    assert value == PRIVATE.get(key, "张三丰住院结算单（高血压三级）")
    told = LedgerEntry.objects.order_by("-at")[:1].get()
    assert (LedgerEntry.objects.count(), told.action, told.subject) == (before + 1, f"{key}.unmasked", item.pk)


def test_without_a_reason_a_permission_or_the_department_nothing_is_uncovered(item):
    for grant, reason, problem in [
        (reader("dyg"), " ", Invalid),
        (MISCONFIGURED_ADMIN, "想看", NotAllowed),
        (reader("cbg"), "想看", NotFound),
    ]:
        with pytest.raises(problem):
            showing.unmask(grant=grant, item_id=item.pk, key="id_number", reason=reason)


def test_a_draft_at_the_confirm_desk_is_in_clear_for_who_confirms_and_the_ledger_says_so(scheme):
    (item,) = operations.create_drafts(SYSTEM, [draft(describing("甲", **PRIVATE))])
    operations.await_confirmation([item.pk])
    before = LedgerEntry.objects.count()
    assert shown(ARCHIVIST, item)["id_number"] == PRIVATE["id_number"]
    assert LedgerEntry.objects.count() == before + 1


def test_what_was_lent_is_in_clear_for_the_borrower_alone(item):
    lent = Reach(items=frozenset({item.pk}))
    borrower = Grant(None, "b", "reader", PERMISSIONS["reader"], frozenset(), (lent,))
    assert shown(borrower, item)["person_name"] == "张三丰"
    assert shown(reader("dyg"), item)["person_name"] == "张**"


def test_a_name_is_covered_however_the_page_spaces_it():
    veil = Veil(describing("甲", person_name="张三丰、买买提·吐尔逊"))
    assert veil.over("患者张 三 丰与买买提·吐尔逊同来") == "患者张 * *与买**·***同来"
    assert veil.over("张三 丰收") == "张* *收"


def test_the_code_of_an_illness_is_covered_in_the_text_as_in_its_field():
    veil = Veil(describing("诊断证明", diagnosis="泌尿道感染", icd_code="N39.0"))
    assert veil.over("诊断意见：泌尿道感染（N39.0），建议复诊") == "诊断意见：*****（***.*），建议复诊"
