"""Tables by browser: read and shown first, taken in once, told where they are wrong."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from yidang.claims.drg.reading import synthetic_folder
from yidang.claims.models import DrgScheme


@pytest.fixture
def desk(visit):
    return visit("inspector")


def given(**instead):
    return [
        SimpleUploadedFile(path.name, instead.get(path.stem, path.read_bytes()))
        for path in sorted(synthetic_folder().glob("*.csv"))
    ]


def test_tables_are_shown_and_then_taken_in(desk):
    page = desk.post(reverse("claims:drg_tables"), {"files": given()})
    assert not DrgScheme.objects.exists()
    upload = page.context["upload"]
    assert dict(page.context["counts"])["drgs"] > 0
    done = desk.post(reverse("claims:take_drg_tables", args=[upload]))
    assert done.status_code == 302
    assert DrgScheme.objects.get().source == "synthetic"
    assert desk.post(reverse("claims:take_drg_tables", args=[upload])).status_code == 404


def workbook(tables):
    """Each table a sheet of one workbook, as bureaus keep them."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in tables.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    laid = io.BytesIO()
    book.save(laid)
    return SimpleUploadedFile("分组方案.xlsx", laid.getvalue())


def as_sheets():
    return {
        path.stem: list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
        for path in sorted(synthetic_folder().glob("*.csv"))
    }


def test_one_workbook_tells_what_is_no_table_before_it_is_taken_in(desk):
    page = desk.post(reverse("claims:drg_tables"), {"files": [workbook({**as_sheets(), "填表说明": [["随意"]]})]})
    assert [code for code, _facts in page.context["notes"]] == ["drg_note_unread"]
    assert "填表说明" in page.content.decode()
    desk.post(reverse("claims:take_drg_tables", args=[page.context["upload"]]))
    assert DrgScheme.objects.count() == 1


def without(lacking):
    return workbook({name: rows for name, rows in as_sheets().items() if name != lacking})


def test_a_workbook_that_lacks_a_table_is_told_which(desk):
    page = desk.post(reverse("claims:drg_tables"), {"files": [without("drg")]})
    assert page.context["problem"].code == "drg_upload_lacks"
    assert "drg" in page.content.decode().partition("error-summary")[2].partition("</div>")[0]


TYPED = {"code": "CHS-DRG", "name": "国家医疗保障 DRG 分组方案", "edition": "2.0", "since": "2025-01-01"}


def test_a_workbook_that_does_not_name_its_scheme_is_named_by_hand(desk):
    page = desk.post(reverse("claims:drg_tables"), {"files": [without("scheme")]})
    assert page.context["typed"].name == "分组方案"
    assert page.context["notes"] == []
    address = reverse("claims:take_drg_tables", args=[page.context["upload"]])
    assert desk.post(address, TYPED).status_code == 302
    made = DrgScheme.objects.get()
    assert (made.code, made.name, made.version, str(made.effective_from)) == tuple(TYPED.values())
    assert (made.source, made.verified) == ("分组方案", "")


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"code": ""}, "drg_typed_code"),
        ({"code": "CHS DRG"}, "drg_typed_code"),
        ({"edition": "2" * 41}, "drg_typed_code"),
        ({"name": " "}, "drg_typed_name"),
        ({"name": "方" * 201}, "drg_typed_name"),
        ({"since": "2025-02-30"}, "drg_typed_day"),
        ({"since": "0025-01-01"}, "drg_typed_day"),
    ],
)
def test_what_was_typed_wrongly_is_typed_again(desk, wrong, code):
    page = desk.post(reverse("claims:drg_tables"), {"files": [without("scheme")]})
    address = reverse("claims:take_drg_tables", args=[page.context["upload"]])
    answer = desk.post(address, TYPED | wrong)
    assert (answer.status_code, answer.context["problem"].code) == (422, code)
    assert answer.context["typed"].name == (TYPED | wrong)["name"]
    assert not DrgScheme.objects.exists()
    assert desk.post(address, TYPED).status_code == 302


def test_a_name_that_other_tables_have_is_typed_again(desk):
    first = desk.post(reverse("claims:drg_tables"), {"files": [without("scheme")]}).context["upload"]
    desk.post(reverse("claims:take_drg_tables", args=[first]), TYPED)
    tables = {name: rows for name, rows in as_sheets().items() if name != "scheme"}
    tables["drg"] = tables["drg"][:-1]
    page = desk.post(reverse("claims:drg_tables"), {"files": [workbook(tables)]})
    address = reverse("claims:take_drg_tables", args=[page.context["upload"]])
    assert desk.post(address, TYPED).context["problem"].code == "drg_scheme_exists"
    assert desk.post(address, TYPED | {"edition": "2.1"}).status_code == 302


def test_what_a_table_says_goes_before_what_is_typed(desk):
    page = desk.post(reverse("claims:drg_tables"), {"files": given()})
    assert page.context["typed"] is None
    desk.post(reverse("claims:take_drg_tables", args=[page.context["upload"]]), TYPED)
    assert DrgScheme.objects.get().code != "CHS-DRG"


def test_what_is_wrong_is_told_with_its_place(desk):
    page = desk.post(reverse("claims:drg_tables"), {"files": given(trauma=b"code,part_of_body\n,1\n")})
    assert page.context["problem"].facts["file"] == "trauma.csv"
    other = SimpleUploadedFile("names.csv", b"a,b\n")
    assert desk.post(reverse("claims:drg_tables"), {"files": [other]}).context["problem"].code == "drg_file_unknown"
