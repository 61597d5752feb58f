"""目录 and 挂接: rows meet files, rows without files are paper, errors are told row by row."""

import io

import openpyxl
import pytest

from yidang.holdings.models import Item
from yidang.holdings.queries import description
from yidang.intake.models import ColumnMapping


def sheet(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def csv(rows: list[list[str]], encoding: str) -> bytes:
    return "\r\n".join(",".join(row) for row in rows).encode(encoding)


ROWS = [
    ["件号", "题名", "日期", "文件名"],
    ["1", "张三住院结算", "2026年3月5日", "a.pdf"],
    ["2", "李四", "20260401", "b"],
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_rows_describe_the_files_they_name(ingest, folder, make, encoding):
    root = folder({"a.pdf": make.pdf("a"), "b.pdf": make.pdf("b"), "目录.csv": csv(ROWS, encoding)})
    report = ingest(root)

    assert (report["received"], report["accepted"]) == (2, 2)
    described = [description(item) for item in Item.objects.order_by("working_number")]
    assert {one.title for one in described} == {"张三住院结算", "李四"}
    assert {one.text("formed_on") for one in described} == {"2026-03-05", "2026-04-01"}
    assert ColumnMapping.objects.count() == 1


def test_a_row_without_a_file_is_paper_under_its_old_number(ingest, folder, make):
    rows = [["归档文件目录"], ["档号", "题名", "页数", "文件名"], ["旧〔1998〕-07", "纸质老档", "12", None]]
    root = folder({"a.pdf": make.pdf("a"), "cat.xlsx": sheet([*rows, ["X-2", "有文件", 1, "a.pdf"]])})
    report = ingest(root, catalogue=root / "cat.xlsx")

    paper = Item.objects.get(is_paper_only=True)
    assert paper.reference_code == "旧〔1998〕-07"
    assert paper.page_count == 12
    assert report["paper_only"] == 1
    assert report["received"] == report["accepted"] == 1


def test_the_catalogues_year_places_the_item(ingest, folder, make):
    rows = [["年度", "题名", "文件名"], ["1998年", "老档", "a.pdf"], ["不详", "新档", "b.pdf"]]
    report = ingest(folder({"a.pdf": make.pdf("a"), "b.pdf": make.pdf("b"), "目录.csv": csv(rows, "utf-8")}))

    years = {description(item).title: item.year for item in Item.objects.all()}
    assert years["老档"] == 1998
    assert (report["accepted"], report["waiting"]) == (1, 1)  # a year nobody can read is asked about


def test_files_are_linked_by_number(ingest, folder, make):
    rows = [["档号", "题名"], ["KJ-001", "第一份"], ["KJ-002", "第二份"]]
    files = {"KJ-001.pdf": make.pdf("1"), "KJ-002/p1.jpg": make.picture(100), "KJ-002/p2.jpg": make.picture(200)}
    report = ingest(folder(files | {"目录.csv": csv(rows, "utf-8")}))

    assert report["received"] == 3
    assert Item.objects.get(files__page_count=1, files__media_type="application/pdf").reference_code == "KJ-001"
    assert Item.objects.exclude(reference_code="KJ-001").get().page_count == 2


def test_faults_are_told_row_by_row(ingest, folder, make):
    rows = [
        ["件号", "题名", "文件名"],
        ["1", "甲", "a.pdf"],
        ["1", "乙", "b.pdf"],
        ["3", "丙", "gone.pdf"],
        ["4", "丁", "c.pdf"],
    ]
    files = {f"{name}.pdf": make.pdf(name) for name in "abcd"}
    report = ingest(folder(files | {"目录.csv": csv(rows, "utf-8")}))

    assert {one["file"]: one["code"] for one in report["quarantined"]} == {
        "a.pdf": "row_number_twice",
        "b.pdf": "row_number_twice",
        "d.pdf": "file_without_row",
    }
    assert {one["row"]: one["code"] for one in report["rows"]} == {
        2: "row_number_twice",
        3: "row_number_twice",
        4: "row_file_missing",
    }
    assert report["accepted"] == 1
    assert all(str(one["row"]) in one["message"] for one in report["rows"])


def test_a_catalogue_without_its_columns_holds_the_batch(ingest, folder, make, sure):
    from django.conf import settings

    object.__setattr__(settings.YIDANG, "filing_confidence", 0.5)
    rows = [["日期", "文件名", "备注"], ["2026-01-01", "a.pdf", "-"]]
    root = folder({"a.pdf": make.pdf("a"), "目录.csv": csv(rows, "utf-8")})
    report = ingest(root, catalogue=root / "目录.csv")

    assert [one["code"] for one in report["quarantined"]] == ["catalogue_columns"]
    assert "题名" in report["quarantined"][0]["message"]
    assert report["waiting"] == 1


def test_other_sheets_are_no_catalogue(ingest, folder, make, sure):
    report = ingest(folder({"a.pdf": make.pdf("a"), "numbers.csv": b"1,2,3\n4,5,6\n"}))

    assert report["accepted"] == 1
    assert [one["code"] for one in report["quarantined"]] == ["format_not_accepted"]


def test_state_secrets_are_refused(ingest, folder, make):
    rows = [["件号", "题名", "密级", "文件名"], ["1", "甲", "机密", "a.pdf"], ["2", "乙", "内部", "b.pdf"]]
    report = ingest(folder({"a.pdf": make.pdf("a"), "b.pdf": make.pdf("b"), "目录.csv": csv(rows, "utf-8")}))

    assert [(one["file"], one["code"]) for one in report["quarantined"]] == [("a.pdf", "state_secret_refused")]
    assert report["accepted"] == 1


def test_columns_are_mapped_once_and_remembered(ingest, folder, make, grant):
    from yidang.intake import jobs, operations
    from yidang.intake.models import ReceivedFile

    rows = [["甲栏", "乙栏"], ["某某结算", "a.pdf"]]
    root = folder({"a.pdf": make.pdf("a"), "list.csv": csv(rows, "utf-8")})
    report = ingest(root, catalogue=root / "list.csv")
    assert [one["code"] for one in report["quarantined"]] == ["catalogue_header"]

    sheet_file = ReceivedFile.objects.get(code="catalogue_header")
    with jobs.inline() as queue:
        operations.map_columns(grant=grant, file_id=sheet_file.pk, mapping={0: "title", 1: "file_name"})
        operations.resubmit(grant=grant, file_id=sheet_file.pk)
        queue.run()
    sheet_file.refresh_from_db()
    assert sheet_file.outcome == "unfolded"
    assert [description(item).title for item in Item.objects.all()] == ["某某结算"]

    (root / "a.pdf").write_bytes(make.pdf("another"))
    again = ingest(root, catalogue=root / "list.csv")
    assert again["quarantined"] == []
    assert "某某结算" in {description(item).title for item in Item.objects.all()}
