"""The pages as their people use them."""

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from people import CLINIC
from yidang.credit import appealing, standing
from yidang.credit.chain import ANCHOR
from yidang.identity.factors import HAS_PROVED, PROVED_AT
from yidang.identity.models import Staff
from yidang.kernel.clock import now, today
from yidang.ledger.models import LedgerEntry

from .conftest import DOCTOR, FRAUD, HEAVY, ID_NUMBER, LIGHT

FORM = {
    "issuer": "990100",
    "series": "penalty",
    "year": "2026",
    "serial": "12",
    "effective_on": "2026-03-02",
    "against": CLINIC,
    "code": DOCTOR,
    "profession": "doctor",
    "provider": CLINIC,
    "behaviour": HEAVY,
    "responsibility": "main",
    "months": "0",
}


@pytest.fixture
def at(bureau, settings):
    """A browser without a screen, signed in by user name, the second factor proved."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}

    def visiting(name: str) -> Client:
        client = Client()
        client.force_login(Staff.objects.get(username=name))
        session = client.session
        session[HAS_PROVED], session[PROVED_AT] = True, now().timestamp()
        session.save()
        return client

    return visiting


def test_a_printed_file_says_of_which_day_and_by_whom_it_is(bureau, at, settings):
    admin = at("xinyong")
    page = admin.post("/credit/enter/", FORM, follow=True).content.decode()
    printed = page.partition('<p class="print-only">')[2].partition("</p>")[0]
    assert settings.YIDANG.bureau_name in printed
    assert today().isoformat() in printed


def test_entered_by_one_decided_by_another_and_appealed_against(bureau, at):
    admin, signer, clerk = at("xinyong"), at("jiheqian"), at("jigou")
    answer = admin.post("/credit/enter/", FORM, follow=True)
    assert DOCTOR in answer.content.decode()
    assert "待第二人决定" in answer.content.decode()
    (waiting,) = signer.get("/credit/to-decide/").context["waiting"]
    address = reverse("credit:decide", args=["deduction", waiting.row.pk])
    assert admin.post(address, {"word": "agree"}).status_code == 403
    signer.post(address, {"word": "agree"})
    assert standing.of_practitioner(DOCTOR).points == 6
    assert "应谈话提醒" in admin.get("/credit/").content.decode()
    (row,) = clerk.get("/credit/own/").context["rows"]
    clerk.post(reverse("credit:appeal", args=["deduction", row[1].pk]), {"ground": "facts"})
    page = admin.get("/credit/appeals/")
    ((appeal, _label),) = page.context["appeals"]
    assert "990100〔2026〕12号" in page.content.decode()
    assert reverse("credit:card", args=[row[1].subject_id]) in page.content.decode()
    admin.post(reverse("credit:prepare_appeal", args=[appeal.pk]), {"outcome": "upheld"})
    assert "990100〔2026〕12号" in signer.get("/credit/to-decide/").content.decode()  # what is appealed against
    signer.post(reverse("credit:decide", args=["appeal", appeal.pk]), {"word": "agree"})
    assert standing.of_practitioner(DOCTOR).points == 0
    assert "申诉成立" in clerk.get("/credit/own/").content.decode()


def test_the_clerk_sees_points_withdrawn_with_their_decision_and_may_appeal_until_then(bureau, at):
    row = bureau.score(LIGHT, on=today())
    clerk = at("jigou")
    asked = appealing.file_appeal(grant=bureau.admin, what="deduction", row_id=row.pk, ground="overturned")
    ((*_, appeal),) = clerk.get("/credit/own/").context["rows"]
    assert appeal is None
    assert reverse("credit:appeal", args=["deduction", row.pk]) in clerk.get("/credit/own/").content.decode()
    bureau.agree("appeal", appealing.prepare_outcome(grant=bureau.admin, appeal_id=asked.pk, outcome="upheld"))
    page = clerk.get("/credit/own/").content.decode()
    assert f"<del>{row.points}</del>" in page
    assert "已撤销" in page
    assert reverse("credit:appeal", args=["deduction", row.pk]) not in page


def test_what_does_not_fit_is_said_and_kept_in_the_form(at):
    answer = at("xinyong").post("/credit/enter/", FORM | {"behaviour": FRAUD, "months": "3", "code": "DX"})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert CLINIC in answer.content.decode()
    unconfirmed = at("xinyong").post("/credit/enter/", FORM | {"behaviour": "A15-4"})
    assert unconfirmed.status_code == 409


def test_an_id_number_stands_in_no_page_and_no_ledger(bureau, at):
    bureau.suspend_person()
    admin = at("xinyong")
    found = admin.post("/credit/", {"words": ID_NUMBER}, follow=True)
    body = found.content.decode()
    assert "1101**********002X" in body
    assert ID_NUMBER not in body
    assert "暂停联网结算" in body
    assert not LedgerEntry.objects.filter(entry__contains=ID_NUMBER.encode()).exists()


def test_every_card_shown_is_a_link_of_the_log_and_an_anchor_of_the_ledger(bureau, at):
    row = bureau.score(LIGHT)
    before = LedgerEntry.objects.filter(action=ANCHOR).count()
    at("xinyong").get(f"/credit/{row.subject_id}/")
    assert LedgerEntry.objects.filter(action=ANCHOR).count() == before + 1
    newest = LedgerEntry.objects.filter(action=ANCHOR).order_by("-id").first()
    assert DOCTOR.encode() not in bytes(newest.entry)
    assert newest.subject is None


def test_the_list_goes_to_a_sheet(bureau, at):
    bureau.score(FRAUD)
    book = load_workbook(BytesIO(at("jiheqian").get("/credit/credit.xlsx?only=terminated").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert rows[1][0] == DOCTOR
    assert rows[1][4] == 12
    assert at("jiheqian").get("/credit/?only=suspended").context["page"].paginator.count == 0


def test_the_turn_of_the_year_says_what_runs_on(bureau, at):
    bureau.score(FRAUD)
    body = at("xinyong").get("/credit/years/?year=2026").content.decode()
    assert "12 → 0" in body
    assert "措施继续执行" in body


def test_a_term_is_confirmed_by_two(bureau, at):
    admin = at("xinyong")
    admin.post("/credit/terms/", {"term": "points:A15-4"})
    assert "待第二人确认" in admin.get("/credit/terms/").content.decode()
    (waiting,) = at("jiheqian").get("/credit/to-decide/").context["waiting"]
    at("jiheqian").post(reverse("credit:decide", args=["confirmation", waiting.row.pk]), {"word": "agree"})
    bureau.score("A15-4")
    assert standing.of_practitioner(DOCTOR).points == 3


def test_a_repair_is_entered_from_the_card(bureau, at):
    row = bureau.score(LIGHT)
    answer = at("xinyong").post(
        f"/credit/{row.subject_id}/repair/", {"activity": "training", "done_on": "2026-03-09"}, follow=True
    )
    assert "参加政策培训" in answer.content.decode()
