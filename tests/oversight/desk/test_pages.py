"""The pages as inspector, signer, head and institution meet them."""

import io
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from people import CLINIC, employ
from yidang.claims.models import Settlement
from yidang.identity.factors import HAS_PROVED
from yidang.identity.models import Department
from yidang.kernel.clock import now
from yidang.oversight.desk import standing
from yidang.oversight.desk.citing import citation_of
from yidang.oversight.findings import record_findings
from yidang.oversight.indicators.reckoning import Row
from yidang.oversight.models import Case, CaseFile, Finding, PaperRequest, Verdict
from yidang.oversight.views import indicators as indicator_pages

from .conftest import found


@pytest.fixture
def visit(db, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}

    def visiting(staff) -> Client:
        client = Client()
        client.force_login(staff)
        session = client.session
        session[HAS_PROVED] = True
        session.save()
        return client

    return visiting


@pytest.fixture
def desk(visit, run):
    record_findings(run, [found(provider=CLINIC, text="=1+1 同日重复收费"), found(2, lines=[(5, 100)], rule="R19")])
    return visit(employ("jihe", "inspector"))


def body(answer):
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_a_doubt_from_the_queue_to_its_word_and_back(desk):
    queue = body(desk.get("/oversight/"))
    first, second = Finding.objects.order_by("number")
    assert first.name in queue
    page = body(desk.get(f"/oversight/findings/{first.id}/?rule=R18"))
    assert "同日重复收费" in page
    assert "30.00" in page
    wrong = desk.post(f"/oversight/findings/{first.id}/", {"answer": "confirm", "reason": "planned"})
    assert wrong.status_code == 422
    said = desk.post(f"/oversight/findings/{first.id}/", {"answer": "confirm", "reason": "rule_holds", "list": ""})
    assert said["Location"] == f"/oversight/findings/{second.id}/"
    verdict = Verdict.objects.get()
    assert verdict.seconds is not None
    assert f"/oversight/verdicts/{verdict.id}/undo/" in body(desk.get("/oversight/"))
    assert desk.post(f"/oversight/verdicts/{verdict.id}/undo/").status_code == 302
    assert Finding.objects.get(pk=first.pk).state == "open"
    assert "2 / 0" not in body(desk.get("/oversight/measures/"))


def test_the_list_leaves_without_formulas(desk):
    Finding.objects.filter(rule="R19").update(provider="=cmd()")
    answer = desk.get("/oversight/sheet/?state=all")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert "=cmd()" in {cell.value for cell in cells}
    assert all(cell.data_type != "f" for cell in cells)
    assert 1 in {cell.value for cell in cells if cell.data_type == "n"}  # yuan can be summed
    assert desk.get("/oversight/cases/sheet/").status_code == 200


def sheet_of(answer):
    return list(load_workbook(io.BytesIO(answer.content)).active.iter_rows(values_only=True))


def test_sheets_name_the_institution_beside_its_code(desk, monkeypatch):
    Department.objects.update_or_create(
        code=CLINIC, defaults={"kind": "institution", "name_zh": "城东诊所", "name_en": "East"}
    )
    row = Row(CLINIC, "城东诊所", 1, [])
    monkeypatch.setattr(indicator_pages, "reckon", lambda _month: ("2026-03", ["2026-03"], [row]))
    doubt = Finding.objects.get(rule="R18")
    assert "城东诊所" in body(desk.get("/oversight/"))
    desk.post(f"/oversight/findings/{doubt.id}/", {"answer": "confirm", "reason": "rule_holds"})
    assert f">{CLINIC} 城东诊所</option>" in body(desk.get("/oversight/cases/open/"))
    colleague = employ("jihe2", "inspector")
    desk.post("/oversight/cases/open/", {"finding": [doubt.id], "inspector": [colleague.id]})
    for address in ("sheet/?state=all", "cases/sheet/", "indicators/sheet/"):
        head, *rows = sheet_of(desk.get(f"/oversight/{address}"))
        at = head.index("医疗机构")
        assert head[at + 1] == "名称", address
        assert (CLINIC, "城东诊所") in {line[at : at + 2] for line in rows}, address
    assert "城东诊所" in body(desk.get("/oversight/cases/"))


def test_a_case_between_bureau_and_institution(desk, visit):
    colleague = employ("jihe2", "inspector")
    doubt = Finding.objects.get(rule="R18")
    desk.post(f"/oversight/findings/{doubt.id}/", {"answer": "confirm", "reason": "rule_holds"})
    assert doubt.name in body(desk.get("/oversight/cases/open/"))
    opened = desk.post("/oversight/cases/open/", {"finding": [doubt.id], "inspector": [colleague.id]})
    address = opened["Location"]
    clerk = visit(employ("jigou", "institution_clerk", CLINIC))
    paid = {"visit": "outpatient", "total_fen": 100, "fund_fen": 100, "own_fen": 0, "settled_at": now()}
    came = {"claim": doubt.claim, "number": "S-0001", "digest": uuid4(), "batch_id": 1}
    Settlement.objects.create(person_id=1, provider_id=CLINIC, **paid, **came)
    assert desk.post(address + "papers/", {"words": "请提供病历", "days": "5"}).status_code == 302
    asked = PaperRequest.objects.get()
    assert asked.name in body(clerk.get("/oversight/requests/"))
    page = body(clerk.get(f"/oversight/requests/{asked.id}/"))
    assert "请提供病历" in page
    assert "S-0001" in page
    assert CLINIC in page
    assert CLINIC in body(clerk.get("/oversight/requests/"))
    assert citation_of("R18").title in page
    files = [SimpleUploadedFile("病历.png", b"\x89PNG\r\n\x1a\n")]
    clerk.post(f"/oversight/requests/{asked.id}/", {"words": "确有重复", "files": files})
    assert CaseFile.objects.get().refused
    assert "确有重复" in body(desk.get(address))
    for path in (address, "/oversight/", "/oversight/cases/", f"{address}files/{CaseFile.objects.get().id}/"):
        assert clerk.get(path).status_code == 403
    assert desk.post(address + "hearing/", {"words": "已听取", "came": "yes"}).status_code == 302
    told = {"outcome": "against", "behaviour": "A15-8", "ratio": "9", "upheld": [doubt.id], "words": "重复收费"}
    assert desk.post(address + "decision/", told).status_code == 422
    again = desk.post(address + "decision/", told | {"upheld": []}).content.decode()
    assert f'value="{doubt.id}" checked' not in again, "what was not ticked comes back unticked"
    assert desk.post(address + "decision/", told | {"ratio": "1"}).status_code == 302
    assert "待审批人签署" in body(visit(employ("jiheqian", "decision_signer")).get(address))
    assert Case.objects.get().name in body(visit(employ("zhuren", "manager")).get("/oversight/cases/"))


def test_the_rule_book_and_a_rule_back_at_review(desk, visit):
    assert "追溯码" in body(desk.get("/oversight/rules/"))
    page = body(desk.get("/oversight/rules/18/"))
    assert "第三十八条" in page
    assert "恢复启用" not in page
    standing._entered(standing.rule_named("18"), "review", "system:oversight", judged=20, confirmed=3)
    assert "已退回复审" in body(desk.get("/oversight/rules/18/"))
    assert desk.post("/oversight/rules/18/", {"reason": ""}).status_code == 422
    assert "恢复启用" not in body(visit(employ("zhuren", "manager")).get("/oversight/rules/18/"))
    assert "参数已核对" in body(desk.post("/oversight/rules/18/", {"reason": "参数已核对"}, follow=True))
    assert desk.get("/oversight/rules/99/").status_code == 404
