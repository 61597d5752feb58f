"""A business system files its finished case, again, wrongly, too often, and with materials that come later."""

import pytest
from django.test import Client

from yidang.collection.capture import cases, systems
from yidang.collection.models import Case
from yidang.holdings.models import Item
from yidang.holdings.queries import description
from yidang.intake.models import Accession
from yidang.kernel.errors import NotAllowed
from yidang.ledger.models import LedgerEntry
from yidang.preservation import staging

from .conftest import FILES, Caller, pdf, words


def test_a_finished_case_becomes_one_record_with_its_process(caller):
    answer = caller.post(words(), FILES)

    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert told["missing"] == ["费用明细清单", "收费票据", "诊断证明"]
    assert "住院费用结算清单" in told["paper_awaited"]
    assert {one["file"] for one in told["files"]} == set(FILES)
    item = Item.objects.get()
    assert item.reference_code.startswith("J001-ZY·YB·DYJS·2026")
    assert item.files.count() == 2
    said = description(item)
    assert said.text("person_name") == "张三"
    assert "审核 赵六 通过" in said.text("process")
    assert said.value("amount_total") == 123450


def test_the_same_case_again_is_answered_and_not_filed_twice(caller):
    first = caller.post(words(), FILES).json()
    again = caller.post(words(), FILES)

    assert again.status_code == 200
    assert again.json()["case"] == first["case"]
    assert again.json()["reference_code"].startswith("J001")
    assert Accession.objects.count() == Item.objects.count() == 1
    assert not list(staging.staging_ids()), "what came twice is kept nowhere"


def test_the_same_number_with_other_contents_is_refused(caller):
    caller.post(words(), FILES)
    other = caller.post(words(title="别的"), FILES)

    assert (other.status_code, other.json()["code"]) == (409, "case_differs")


def test_what_became_of_it_is_answered_to_its_own_system_alone(caller, bureau):
    told = caller.post(words(), FILES).json()
    other = systems.enter_system(bureau.system, code="other", name="别的系统", scopes=["cases:read"], series=[])

    seen = caller.get(told["status_url"]).json()
    assert (seen["state"], seen["item"]) == ("filed", str(Item.objects.get().pk))
    assert caller.get("/api/v1/cases/?number=js-2026-0001").json()["case"] == told["case"]
    assert Caller(other.token).get(told["status_url"]).status_code == 404


@pytest.mark.parametrize(
    ("changed", "files", "code"),
    [
        ({"case_number": ""}, FILES, "case_words_wrong"),
        ({"closed_on": "2026-02-30"}, FILES, "case_words_wrong"),
        ({"fields": {"id_number": "1", "nonsense": "x"}}, FILES, "case_field_wrong"),
        ({"fields": {"amount_total": "viel"}}, FILES, "case_field_wrong"),
        ({}, {"list.pdf": FILES["list.pdf"]}, "case_files_differ"),
        ({"series": "NIX"}, FILES, "series_not_found"),
    ],
)
def test_what_is_wrong_is_refused_and_leaves_nothing(caller, changed, files, code):
    answer = caller.post(words(**changed), files)

    assert answer.status_code in {404, 422}
    assert answer.json()["code"] == code
    assert not Case.objects.exists()
    assert not Accession.objects.exists()
    assert not list(staging.staging_ids())


def test_without_a_token_nobody_is_let_in(bureau):
    answer = Client().post("/api/v1/cases/", {"case": "{}"})

    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="yidang"')
    assert Caller("yd_guessed").get("/api/v1/cases/?number=1").status_code == 401


def test_a_token_does_what_it_was_given_for(bureau):
    reads = systems.enter_system(bureau.system, code="reads", name="只查", scopes=["cases:read"], series=[])
    narrow = systems.enter_system(bureau.system, code="narrow", name="只报", scopes=["cases:file"], series=["CBGR"])

    assert Caller(reads.token).post(words(), FILES).json()["code"] == "token_scope"
    refused = Caller(narrow.token).post(words(), FILES)
    assert (refused.status_code, refused.json()["code"]) == (403, "token_series")


def test_a_revoked_token_ends_at_once_and_a_renewed_one_replaces_it(caller, bureau, entered):
    renewed = systems.renew_token(bureau.system, system_id=entered.system.pk)
    assert caller.get("/api/v1/cases/?number=1").status_code == 401
    assert Caller(renewed.token).get("/api/v1/cases/?number=1").status_code == 404

    systems.revoke(bureau.system, system_id=entered.system.pk)
    assert Caller(renewed.token).get("/api/v1/cases/?number=1").status_code == 401


def test_only_the_system_administrator_enters_systems(bureau):
    with pytest.raises(NotAllowed):
        systems.enter_system(bureau.archivist, code="x", name="x", scopes=["cases:read"], series=[])


def test_the_token_stands_nowhere(caller, entered):
    caller.get("/api/v1/cases/?number=1")
    row = systems.BusinessSystem.objects.get()
    assert entered.token.encode() not in bytes(row.token_digest)
    assert not LedgerEntry.objects.filter(action="system.entered", entry__contains=entered.token)


def test_who_calls_too_often_is_told_when_to_come_again(bureau):
    slow = systems.enter_system(
        bureau.system, code="slow", name="慢", scopes=["cases:read"], series=[], calls_a_minute=2
    )
    codes = [Caller(slow.token).get("/api/v1/cases/?number=1") for _ in range(3)]

    assert [one.status_code for one in codes] == [404, 404, 429]
    assert 0 < int(codes[-1]["Retry-After"]) <= 60


def test_materials_that_come_later_join_the_record(caller):
    told = caller.post(words(), FILES).json()
    later = [{"name": "诊断证明", "file": "diagnosis.pdf"}, {"name": "收费票据", "carrier": "paper"}]
    answer = caller.post(later, {"diagnosis.pdf": pdf("diagnosis")}, f"{told['status_url']}materials/", "materials")

    assert answer.status_code == 201, answer.content
    assert answer.json()["missing"] == ["费用明细清单"]
    item = Item.objects.get()
    assert (item.version, item.files.count(), item.page_count) == (2, 3, 3)


def test_the_number_of_a_case_stands_nowhere_in_clear(caller):
    caller.post(words(case_number="秘密案号甲"), FILES)
    case = Case.objects.get()

    assert "秘密案号甲".encode() not in bytes(case.sealed)
    assert cases.words_of(case).number == "秘密案号甲"
