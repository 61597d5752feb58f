"""The pages as inspector and archivist meet them."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from settlements import SETTLEMENT
from yidang.claims.importing import uploads
from yidang.claims.importing.operations import import_claims
from yidang.claims.models import BoxAlert, Enrolee, Import, Settlement
from yidang.kernel.clock import now
from yidang.ledger.models import LedgerEntry
from yidang.workflow.models import Approval

ID_NUMBER = "11010519491231002X"


@pytest.fixture
def taken(importer, whole):
    return import_claims(grant=importer, path=whole)


def test_a_settlement_is_found_and_shown_masked_until_somebody_says_why(visit, taken):
    inspector = visit("inspector")
    assert "900001" in inspector.get("/claims/?visit=inpatient&since=2026-03-01").content.decode()
    assert "900001" not in inspector.get("/claims/?visit=pharmacy").content.decode()
    address = f"/claims/settlements/{SETTLEMENT['claim']}/"
    page = inspector.get(address).content.decode()
    assert "张**" in page
    assert "张三丰" not in page
    assert "I10" not in page
    assert inspector.post(address, {"reason": "核"}).status_code == 422
    page = inspector.post(address, {"reason": "核对病历"}).content.decode()
    assert "张三丰" in page
    assert "I10.x00" in page
    assert set(LedgerEntry.objects.values_list("action", flat=True)) >= {"settlement.shown", "settlement.unmasked"}


def test_a_person_is_asked_for_without_the_number_in_an_address(visit, taken):
    inspector = visit("inspector")
    answer = inspector.post("/claims/", {"id_number": ID_NUMBER})
    assert answer["Location"] == f"/claims/enrolees/{Enrolee.objects.get().id}/"
    page = inspector.get(answer["Location"]).content.decode()
    assert ID_NUMBER not in page
    assert "900001" in page
    assert inspector.post("/claims/", {"id_number": "110105194912310038"}).status_code == 404


def test_files_are_handed_in_and_what_was_kept_out_is_shown(visit):
    archivist = visit("archivist")
    rows = "setl_id,psn_no,定点医药机构编号,医疗类别,结算时间,医疗费总额,基金支付总额,个人负担\n"
    rows += "S1,P1,H11010500001,门诊,2026-03-02,10.00,7.00,3.00\nS2,P1,H11010500001,门诊,2026-03-02,10.00,7.00,4.00\n"
    answer = archivist.post("/claims/imports/", {"files": SimpleUploadedFile("张三.csv", rows.encode("gb18030"))})
    batch = Import.objects.get()
    assert answer["Location"] == f"/claims/imports/{batch.id}/"
    uploads.take_in(batch.id)
    assert Settlement.objects.get().total_fen == 1000
    page = archivist.get(answer["Location"]).content.decode()
    assert "基金支付与个人负担之和不等于医疗费总额" in page
    assert "S2" in archivist.get(f"{answer['Location']}rows.csv").content.decode()
    assert not uploads.folder(batch.id).exists()
    assert archivist.post("/claims/imports/", {"files": SimpleUploadedFile("a.exe", b"MZ")}).status_code == 422


def test_an_import_whose_history_is_not_written_yet_says_so_and_is_followed(visit, taken):
    archivist, address = visit("archivist"), f"/claims/imports/{taken.batch.id}/"
    assert "hx-get" not in archivist.get(address).content.decode()
    Import.objects.update(state=Import.State.ACCEPTED)
    page = archivist.get(address).content.decode()
    assert "已入库，历史数据跟进中" in page
    assert 'hx-trigger="every 1s"' in page


def test_what_stood_before_a_correction(visit, taken, importer, sheets):
    changed = SETTLEMENT | {"fund_fen": "19000", "own_fen": "11000"}
    import_claims(grant=importer, path=sheets(settlements=[changed]))
    page = visit("inspector").get("/claims/settlements/900001/before/2/").content.decode()
    assert "200.00" in page


def test_who_may_not_see_claims(visit, taken):
    assert visit("storekeeper").get("/claims/").status_code == 403


def test_a_list_of_others_is_handed_in_with_source_and_day(visit):
    desk = visit("inspector")
    file = SimpleUploadedFile("名单.csv", "医保医师代码,暂停日期\nD110105000001,2026-01-01\nD2,x\n".encode())
    given = {"kind": "suspensions", "source": "市医保局", "dated_on": "2026-03-01", "file": file}
    page = desk.post("/claims/lists/", given, follow=True).content.decode()
    assert "市医保局" in page
    assert "开始日期" in page
    assert "2026-03-01" in desk.get("/claims/lists/").content.decode()
    assert desk.post("/claims/lists/", given | {"dated_on": ""}).status_code == 422


def test_forgetting_is_asked_from_the_page_and_waits_for_another(visit, taken):
    desk, one = visit("inspector"), Enrolee.objects.get()
    desk.post(f"/claims/enrolees/{one.id}/forget/", {"reason": "保管期限已满"})
    assert Approval.objects.get().kind == "person_forgotten"
    assert Settlement.objects.exists()


def test_boxes_that_were_judged_are_found_again(visit):
    desk = visit("inspector")
    told = {"key": uuid4(), "code": "81000140000000000001", "verdict": "doubled", "grade": 2, "provider": "P1"}
    alert = BoxAlert.objects.create(at=now(), **told)
    assert told["code"] in desk.get("/claims/traces/alerts/").content.decode()
    desk.post(f"/claims/traces/alerts/{alert.pk}/close/", {"outcome": "explained"})
    assert told["code"] not in desk.get("/claims/traces/alerts/").content.decode()
    assert told["code"] in desk.get("/claims/traces/alerts/?show=judged").content.decode()
