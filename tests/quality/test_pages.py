"""The pages of quality, opened as the roles that have them; what a person asks for by button happens."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from yidang.identity.factors import HAS_PROVED
from yidang.kernel import clock
from yidang.quality import rectification
from yidang.quality.accuracy import sampling
from yidang.quality.completeness import looking
from yidang.quality.filing import figures
from yidang.quality.filing.rules import Quarter
from yidang.quality.models import Case, CaseState, DeclaredMissing, Finding, Sample, SampleItem
from yidang.quality.processes import subject_in_words

from .records import OTHER, draft, file

pytestmark = pytest.mark.django_db
TODAY = clock.today().isoformat()


@pytest.fixture
def visit(bureau):
    def visiting(name) -> Client:
        client = Client()
        client.force_login(bureau.staff[name])
        session = client.session
        session[HAS_PROVED] = True
        session.save()
        return client

    return visiting


@pytest.fixture
def stand(bureau):
    """One record with a doubt, counted, sampled, and a case about it."""
    (item,) = file(draft(f"清单 {OTHER}\n第1页 共3页", formed_on=TODAY, person_name="王小明"))
    while looking.look():
        pass
    quarter = Quarter.of(clock.today())
    figures.count(quarter)
    sample = sampling.draw(grant=bureau.archivist, quarter=quarter, series="DYJS", seed="种")
    case = rectification.open_case(
        kind="filing_rate",
        subject=f"{quarter} · – · DYJS",
        owner=bureau.id("section"),
        deadline=clock.today(),
        facts={"filed": 1, "owed": 2},
        url=f"/quality/rates/{quarter}/",
    )
    return {"item": item, "quarter": quarter, "sample": sample, "case": case}


def paths(stand):
    quarter, sample = stand["quarter"], stand["sample"]
    finding = Finding.objects.filter(kind="page_missing").first()
    return [
        "",
        "thresholds/",
        f"rates/{quarter}/",
        f"rates/{quarter}/rates.xlsx",
        f"rates/{quarter}/records/",
        "findings/",
        "findings/findings.xlsx",
        f"findings/{finding.id}/",
        "samples/",
        f"samples/{sample.id}/",
        f"samples/{sample.id}/frame.csv",
        f"samples/{sample.id}/report.xlsx",
        f"samples/{sample.id}/report.pdf",
        "cases/",
        "cases/?show=late",
        "cases/cases.xlsx",
        f"cases/{stand['case'].id}/",
    ]


@pytest.mark.parametrize(("name", "status"), [("archivist", 200), ("head", 200), ("section", 200), ("clerk", 403)])
def test_who_opens_which_page(visit, stand, name, status):
    client = visit(name)
    answers = {path: client.get(f"/quality/{path}").status_code for path in paths(stand)}
    assert set(answers.values()) == {status}, answers


def test_what_is_not_there_is_not_found(visit, stand):
    client = visit("archivist")
    for path in ("rates/2026Q9/", f"samples/{uuid4()}/", f"cases/{uuid4()}/", f"findings/{uuid4()}/"):
        assert client.get(f"/quality/{path}").status_code == 404, path


def test_the_records_own_page_shows_its_doubts(visit, stand):
    body = visit("archivist").get(f"/items/{stand['item'].pk}/").content.decode()
    assert "缺第 2 页（共 3 页）" in body
    assert "缺第 2 页" not in visit("clerk").get(f"/items/{stand['item'].pk}/").content.decode()


def test_a_doubt_is_decided_on_its_page(visit, stand):
    finding = Finding.objects.filter(kind="page_missing").first()
    client, path = visit("archivist"), f"/quality/findings/{finding.id}/"
    assert client.post(path, {"word": "confirmed", "reason": ""}).status_code == 422
    assert client.post(path, {"word": "confirmed", "reason": "确缺"}).status_code == 302
    assert client.post(path, {"word": "dismissed", "reason": "不缺"}).status_code == 409
    assert visit("head").post(path, {"word": "dismissed", "reason": "不缺"}).status_code == 403
    finding.refresh_from_db()
    assert finding.state == "confirmed"


def test_a_sample_is_compared_at_the_desk(visit, stand):
    client, sample = visit("second"), stand["sample"]
    desk = client.post(f"/quality/samples/{sample.id}/next/")
    body = client.get(desk["Location"]).content.decode()
    assert "王小明" in body
    assert client.post(desk["Location"], {"field-title": "right"}).status_code == 422
    answers = {
        "field-title": "right",
        "field-formed_on": "right",
        "field-person_name": "wrong",
        "note-person_name": "王晓明",
    }
    assert client.post(desk["Location"], answers).status_code == 302
    assert SampleItem.objects.get().wrong == 1
    assert Case.objects.filter(kind="error_rate").exists()
    page = client.get(f"/quality/samples/{sample.id}/").content.decode()
    assert "33.33%" in page
    assert "Clopper–Pearson" in page


def test_a_case_goes_its_way_by_buttons(visit, stand):
    case = stand["case"]
    step = f"/quality/cases/{case.id}/"
    evidence = SimpleUploadedFile("证明.pdf", b"%PDF-1.7 x")
    owner, judge = visit("section"), visit("archivist")
    assert owner.post(step + "accept/", {"words": "好"}).status_code == 409
    assert owner.post(step + "hand-in/", {"words": "已补", "file": evidence}).status_code == 302
    assert owner.post(step + "accept/", {"words": "好"}).status_code == 403
    assert judge.post(step + "give-back/", {"words": "不全", "deadline": TODAY}).status_code == 302
    assert owner.post(step + "hand-in/", {"words": "再补"}).status_code == 302
    assert judge.post(step + "accept/", {"words": "好"}).status_code == 302
    assert judge.post(step + "close/").status_code == 302
    assert judge.post(step + "burn/").status_code == 404
    case.refresh_from_db()
    assert case.state == CaseState.CLOSED
    with_file = case.steps.exclude(media_type="").get()
    assert judge.get(f"{step}evidence/{with_file.id}/").content == b"%PDF-1.7 x"


def test_missing_records_are_declared_and_taken_back(visit, stand):
    client, quarter = visit("archivist"), stand["quarter"]
    process = stand["item"].series.process
    given = {"process": process, "institution": "", "count": "3", "reason": "停电"}
    assert client.post(f"/quality/rates/{quarter}/missing/", given | {"count": "0"}).status_code == 422
    assert client.post(f"/quality/rates/{quarter}/missing/", given).status_code == 302
    assert "25.00%" in client.get(f"/quality/rates/{quarter}/").content.decode()
    missing = DeclaredMissing.objects.get()
    assert client.post(f"/quality/missing/{missing.pk}/take-back/").status_code == 302
    assert "100.00%" in client.get(f"/quality/rates/{quarter}/").content.decode()


def test_a_case_is_opened_and_given_to_another_by_hand(visit, stand, bureau):
    client = visit("head")
    given = {"subject": "补扫旧档", "owner": bureau.id("archivist"), "deadline": TODAY}
    assert client.post("/quality/cases/", given | {"owner": "x"}).status_code == 422
    made = client.post("/quality/cases/", given)
    assert (
        client.post(made["Location"] + "reassign/", {"owner": bureau.id("second"), "deadline": TODAY}).status_code
        == 302
    )
    assert Case.objects.get(subject="补扫旧档").owner_id == bureau.id("second")


def test_a_sample_is_drawn_by_a_button(visit, stand):
    file(draft(series="CBGR"))
    client = visit("archivist")
    given = {"quarter": str(stand["quarter"]), "series": "CBGR"}
    assert client.post("/quality/samples/", given).status_code == 302
    assert client.post("/quality/samples/", given).status_code == 409
    assert Sample.objects.filter(series="CBGR").count() == 1


def test_thresholds_are_set_by_the_head_alone(visit, stand):
    assert visit("archivist").post("/quality/thresholds/", {"code": "error_rate", "value": "1"}).status_code == 403
    client = visit("head")
    assert client.post("/quality/thresholds/", {"code": "error_rate", "value": "-1"}).status_code == 422
    assert client.post("/quality/thresholds/", {"code": "error_rate", "value": "1.5"}).status_code == 302
    assert "1.5" in client.get("/quality/thresholds/").content.decode()


def test_a_case_says_what_it_is_about_in_words(bureau):
    with override("zh-hans"):
        assert subject_in_words("2026Q3 · – · DYMZ") == "2026Q3 · 未注明 · 门诊待遇核定 DYMZ"
        assert subject_in_words("补扫第三页") == "补扫第三页"
