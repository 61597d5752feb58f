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


@pytest.mark.parametrize(("lacking", "code"), [("scheme", "drg_upload_unnamed"), ("drg", "drg_upload_lacks")])
def test_a_workbook_that_lacks_a_table_is_told_which(desk, lacking, code):
    tables = {name: rows for name, rows in as_sheets().items() if name != lacking}
    page = desk.post(reverse("claims:drg_tables"), {"files": [workbook(tables)]})
    assert page.context["problem"].code == code
    assert lacking in page.content.decode().partition("error-summary")[2].partition("</div>")[0]


def test_what_is_wrong_is_told_with_its_place(desk):
    page = desk.post(reverse("claims:drg_tables"), {"files": given(trauma=b"code,part_of_body\n,1\n")})
    assert page.context["problem"].facts["file"] == "trauma.csv"
    other = SimpleUploadedFile("names.csv", b"a,b\n")
    assert desk.post(reverse("claims:drg_tables"), {"files": [other]}).context["problem"].code == "drg_file_unknown"
