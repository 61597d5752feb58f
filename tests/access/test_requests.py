"""What persons may ask about their own records, and what we owe them unasked."""

import io
from datetime import UTC, date, datetime, timedelta
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.access.requests import duties, kinds, operations
from yidang.access.requests.models import PersonRequest
from yidang.access.requests.operations import Answer, Asking
from yidang.access.requests.rules import Ground, may_be_erased
from yidang.holdings.queries import description, get_item
from yidang.identity.models import Staff
from yidang.identity.policy import PERMISSIONS, SYSTEM, Grant
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.models import LedgerEntry
from yidang.workflow.models import Notice
from yidang.workflow.operations import approve, ask_approval

from .pictures import scan
from .records import archive, draft, reader

NUMBER, OTHER = "330106198001010013", "33010619800101003X"
ASKING = Asking("张三", NUMBER, "张三", "本人到场", "身份证", "查阅本人住院结算清单")


def person(username, role, duty="records"):
    made = Staff.objects.create(username=username, display_name=username, duty=duty)
    return Grant(made.pk, username, role, PERMISSIONS[role], None)


@pytest.fixture
def clerk(scheme):
    return person("clerk", "archivist")


@pytest.fixture
def manager(scheme):
    return person("boss", "manager")


def taken_in(clerk, kind, **changed):
    asking = Asking(**(vars(ASKING) | changed))
    return operations.take_in(grant=clerk, kind=kind, relation="self", asking=asking)


def test_a_person_sees_and_takes_home_their_records_and_no_others(clerk, manager):
    (mine, _other) = archive(
        draft("住院结算", title="张三结算", id_number=NUMBER, data=scan()),
        draft("住院结算", title="李四结算", id_number=OTHER, data=scan(turned=90)),
    )
    request = taken_in(clerk, "access")
    assert [item.pk for item in operations.records(clerk, request)] == [mine.pk]
    with pytest.raises(Conflict):
        operations.copies(grant=clerk, request_id=request.id)
    with pytest.raises(Conflict) as refusal:
        operations.grant_request(grant=clerk, request_id=request.id, answer=Answer("身份核实无误"))
    assert refusal.value.code == "request_needs_approval"
    plan = {"request": str(request.id), "reason": "身份核实无误"}
    asked = ask_approval(grant=clerk, kind=kinds.COPIES, plan=plan, reason="身份核实无误")
    with pytest.raises(NotAllowed):
        approve(grant=clerk, approval_id=asked.id, second_factor_fresh=True)
    approve(grant=manager, approval_id=asked.id, second_factor_fresh=True)
    with ZipFile(io.BytesIO(operations.copies(grant=clerk, request_id=request.id))) as parcel:
        assert sorted(parcel.namelist()) == [f"{mine.reference_code}.pdf", f"{mine.reference_code}.txt"]
        assert NUMBER in parcel.read(f"{mine.reference_code}.txt").decode("utf-8-sig")
    actions = list(LedgerEntry.objects.filter(subject=request.id).order_by("id").values_list("action", flat=True))
    assert actions == ["request.received", "request.granted", "request.handed_out"]


def test_an_old_short_number_finds_the_same_person(clerk):
    (mine,) = archive(draft("材料", id_number="330106800101001"))
    assert [item.pk for item in operations.records(clerk, taken_in(clerk, "access"))] == [mine.pk]


def test_correcting_is_adding(clerk):
    (mine, other) = archive(draft("材料", id_number=NUMBER, note="原注"), draft("材料二", id_number=OTHER))
    request = taken_in(clerk, "supplement", wish="出院日期应为 3 月 5 日")
    chosen = (str(mine.pk), str(other.pk))
    answer = Answer("病历可证", "出院日期以 3 月 5 日为准", chosen)
    operations.grant_request(grant=clerk, request_id=request.id, answer=answer)
    note = description(get_item(SYSTEM, mine.pk)).text("note")
    assert note.startswith("原注\n【依申请补充")
    assert get_item(SYSTEM, mine.pk).version == 2
    assert get_item(SYSTEM, other.pk).version == 1  # another person's record is not touched, whatever the form says


def test_nothing_is_erased_at_a_wish(clerk):
    (mine,) = archive(draft("材料", id_number=NUMBER))
    request = taken_in(clerk, "erase")
    assert operations.erasure(mine).is_refusal
    with pytest.raises(Conflict):
        operations.grant_request(grant=clerk, request_id=request.id, answer=Answer("同意"))
    operations.refuse_request(grant=clerk, request_id=request.id, answer=Answer("法定保管期限未满"))
    assert operations.answer_of(operations.find(clerk, request.id)).reason == "法定保管期限未满"
    with pytest.raises(Conflict):
        operations.refuse_request(grant=clerk, request_id=request.id, answer=Answer("再拒"))


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"id_number": "330106198001010014"}, "request_id_number"),
        ({"proof": " "}, "request_incomplete"),
        ({"wish": ""}, "request_incomplete"),
    ],
)
def test_a_request_that_proves_nothing_is_not_taken_in(clerk, changed, code):
    with pytest.raises(Invalid) as refusal:
        taken_in(clerk, "access", **changed)
    assert refusal.value.code == code


def test_who_may_not_look_for_persons_takes_nothing_in(scheme):
    with pytest.raises(NotAllowed):
        taken_in(reader("cbg"), "access")


def test_no_name_or_number_stands_in_clear(clerk):
    request = taken_in(clerk, "access", person_name="独孤求败", contact="13812345678")
    row = PersonRequest.objects.get(pk=request.pk)
    kept = bytes(row.sealed) + bytes(row.person)
    kept += b"".join(bytes(entry) for entry in LedgerEntry.objects.values_list("entry", flat=True))
    for told in ("独孤求败", NUMBER, "13812345678"):
        assert told.encode() not in kept


@given(st.integers(1950, 2050), st.sampled_from(["Y", "D5", "D10", "D30", "D100"]), st.dates(), st.booleans())
def test_erasing_waits_for_the_whole_term(year, term, on, is_held):
    verdict = may_be_erased(year=year, term=term, on=on, is_held=is_held)
    if term == "Y":
        assert verdict.ground == Ground.PERMANENT
        return
    over = on >= date(year + 1 + int(term[1:]), 1, 1)
    assert verdict.is_refusal is (not over or is_held)


def test_an_assessment_is_kept_for_three_years(manager):
    content = duties.Assessment("新建慢病预警", "必要", "误报", "人工复核", "可行")
    made = duties.keep_assessment(grant=manager, occasion="automated", content=content)
    assert made.keep_until >= clock.today() + timedelta(days=3 * 365)
    assert duties.assessment_of(made) == content
    with pytest.raises(Invalid):
        duties.keep_assessment(grant=manager, occasion="whatever", content=content)


LEAK = duties.Leak("U 盘遗失", "姓名、诊断", "未登记外带", "诈骗", "已远程报失", "谨防诈骗电话", "0571-12345678")


def test_a_leak_is_told_at_once_and_ends_when_everybody_knows(manager):
    security = person("guard", "security_admin", duty="security")
    found_at = clock.now() - timedelta(hours=1)
    leak = duties.report_leak(grant=manager, found_at=found_at, persons=12, content=LEAK)
    assert duties.tell_by(leak) == found_at + timedelta(hours=24)
    assert Notice.objects.filter(kind="leak_reported", recipient=security.staff_id).count() <= 1
    duties.tell(grant=manager, leak_id=leak.id, whom="authority")
    told = duties.tell(grant=manager, leak_id=leak.id, whom="persons", waiver="已采取措施有效避免危害")
    assert told.closed_at is not None
    assert duties.waiver_of(told) == "已采取措施有效避免危害"
    with pytest.raises(Conflict):
        duties.tell(grant=manager, leak_id=leak.id, whom="authority")


def test_a_leak_of_tomorrow_or_without_advice_is_not_taken_in(manager):
    with pytest.raises(Invalid):
        duties.report_leak(grant=manager, found_at=datetime(2100, 1, 1, tzinfo=UTC), persons=1, content=LEAK)
    empty = duties.Leak(**(vars(LEAK) | {"advice": " "}))
    with pytest.raises(Invalid):
        duties.report_leak(grant=manager, found_at=clock.now(), persons=1, content=empty)
