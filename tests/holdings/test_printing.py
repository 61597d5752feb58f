"""Printed forms: the standard's columns, repeated heads, page numbers; covered unless there is a reason."""

import re
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yidang.holdings import operations
from yidang.holdings.models import Volume
from yidang.holdings.printing.filing_list import Run, box_label, filing_list
from yidang.holdings.printing.forms import Column, Form, form, spine_widths
from yidang.holdings.printing.pdf import pdf
from yidang.holdings.printing.sheets import Table
from yidang.holdings.printing.spine import checked_width
from yidang.holdings.printing.volume_sheets import volume_sheet
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Invalid, NotAllowed
from yidang.ledger.models import LedgerEntry
from yidang.ledger.queries import private_facts

from .grants import grant, reader
from .records import describing, draft, ids
from .test_verify import clear_store

MAKER, CHECKER = grant("archivist", None), grant("archivist", None)
LONG = "关于二〇二六年三月份城乡居民基本医疗保险门诊慢特病待遇核定与零星报销退费有关事项的情况说明及附表"


def pages(data: bytes) -> list[str]:
    """The words of each page."""
    document = pypdfium2.PdfDocument(BytesIO(data))
    return [page.get_textpage().get_text_bounded() for page in document]


def sizes(data: bytes) -> list[tuple[int, int]]:
    document = pypdfium2.PdfDocument(BytesIO(data))
    return [tuple(round(side * 25.4 / 72) for side in page.get_size()) for page in document]


@pytest.fixture
def volume(scheme) -> Volume:
    clear_store()
    made = operations.create_volume(
        MAKER, series="CWPZ", year=2026, description=describing("张三2026年会计凭证", person_name="张三")
    )
    told = [
        describing("张三退费单", person_name="张三", document_number="退〔2026〕1号", responsible="县医保中心"),
        describing(LONG, document_number="医保办函〔2026〕12号", responsible="县医疗保障局待遇科"),
        describing("记账凭证"),
    ]
    drafts = operations.create_drafts(SYSTEM, [draft(one, series="CWPZ") for one in told])
    operations.add_to_volume(MAKER, volume_id=made.pk, item_ids=ids(drafts))
    operations.seal_volume(MAKER, volume_id=made.pk, note="第二件缺附件")
    late = operations.create_drafts(SYSTEM, [draft(describing("迟到的凭证"), series="CWPZ")])
    operations.supplement_volume(MAKER, volume_id=made.pk, item_ids=ids(late), cause="came_late", note="四月由张三送来")
    operations.check_volume(CHECKER, volume_id=made.pk)
    made.refresh_from_db()
    return made


def sheet(volume, kind, language="zh", **more):
    return volume_sheet(MAKER, volume_id=volume.pk, kind=kind, language=language, **more)


@pytest.mark.django_db
def test_the_contents_have_the_columns_of_the_standard_and_covered_names(volume):
    made = sheet(volume, "contents")
    assert [column.label for column in made.form.columns] == ["序号", "文号", "责任者", "题名", "日期", "页号", "备注"]
    assert [cells[0] for cells in made.cells] == ["1", "2", "3", "4"]
    assert made.cells[0][1:6] == ["退〔2026〕1号", "县医保中心", "张*退费单", "20260301", "1"]
    assert made.cells[3][5] == "4-4"
    data = pdf(made, "zh")
    assert sizes(data) == [(210, 297)]
    (text,) = pages(data)
    assert "第 1 页" in text
    assert "张三" not in text


@pytest.mark.django_db
def test_names_stand_in_full_for_a_reason_that_the_ledger_keeps(volume):
    with pytest.raises(Invalid, match="unmasking_reason_missing"):
        sheet(volume, "contents", reason=" ")
    with pytest.raises(NotAllowed):
        volume_sheet(reader("cwg"), volume_id=volume.pk, kind="contents", language="zh", reason="归档打印")
    assert sheet(volume, "contents", reason="归档打印").cells[0][3] == "张三退费单"
    assert sheet(volume, "cover", reason="归档打印").title == "张三2026年会计凭证"
    entry = LedgerEntry.objects.filter(action="sheet.unmasked").latest("id")
    assert (entry.subject, private_facts(entry.id)) == (volume.pk, {"reason": "归档打印"})


@pytest.mark.django_db
def test_the_reference_sheet_tells_note_supplement_and_what_left(volume):
    moved = volume.items.get(reference_code__endswith="-0003")
    operations.move_item(SYSTEM, item_id=moved.pk, to_series="CWHD", year=2026, reason="归错类")
    made = sheet(volume, "reference")
    assert made.text[:2] == ["本卷共 3 件 3 页", "第二件缺附件"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d .+ 补充第 4 件（迟到材料）：四月由张\*送来", made.text[2])
    assert made.text[3] == "第 3 件移出，现档号 J001-KU·YB·CWHD·2026·D100-000001。"
    assert [label for label, _ in made.places] == ["立卷人", "立卷时间", "检查人", "检查时间"]
    assert all(value for _, value in made.places)
    assert "第 1 页" in pages(pdf(made, "zh"))[0]


@pytest.mark.django_db
def test_the_cover_and_the_spine_say_where_it_stands(volume):
    cover = dict(sheet(volume, "cover").places)
    assert cover["档号"] == volume.reference_code
    assert (cover["保管期限"], cover["件、页数"], cover["归档号"]) == ("30年", "本卷共 4 件 4 页", "1")
    assert cover["时间"] == "自2026年3月起至2026年3月止"
    spine = sheet(volume, "spine")
    assert ("保管期限", "30年") in spine.lines
    for width in spine_widths():
        assert sizes(pdf(spine, "zh", width=width)) == [(210, 297)]
    for wrong in ("25", "x", ""):
        with pytest.raises(Invalid, match="sheet_width_wrong"):
            checked_width(wrong)


@pytest.mark.django_db
def test_an_open_volume_is_printed_without_numbers(scheme):
    made = operations.create_volume(MAKER, series="CWPZ", year=2026, description=describing())
    assert dict(sheet(made, "cover").places)["档号"] == "尚未封卷"
    assert pages(pdf(sheet(made, "reference"), "zh"))


@pytest.mark.django_db
def test_the_item_list_follows_the_numbers_and_can_be_cut(file_one):
    for _ in range(3):
        file_one(series="DYMZ")
    run = Run("DYMZ", 2026)
    part = filing_list(MAKER, run=run, language="zh")
    assert [column.label for column in part.table.form.columns] == [
        *["序号", "档号", "文号", "责任者", "题名", "日期", "密级", "页数", "备注"]
    ]
    assert [row["code"][-6:] for row in part.table.rows] == ["000001", "000002", "000003"]
    assert (part.count, part.terms, part.table.form.is_landscape) == (3, ["D10"], True)
    cut = filing_list(MAKER, run=Run("DYMZ", 2026, first=2, last=3), language="zh")
    assert [row["ordinal"] for row in cut.table.rows] == ["2", "3"]
    assert sizes(pdf(cut.table, "zh")) == [(297, 210)]
    label = box_label(MAKER, run=Run("DYMZ", 2026, first=2, last=3), box="7", language="zh")
    assert label.lines[-2:] == [("起止件号", "2-3"), ("盒号", "7")]
    with pytest.raises(Invalid, match="sheet_range_wrong"):
        filing_list(MAKER, run=Run("DYMZ", 2026, first=3, last=2), language="zh")
    with pytest.raises(NotAllowed):
        filing_list(reader("dyg"), run=run, language="zh")


def test_every_page_repeats_the_head_and_counts_the_pages():
    rows = [{"ordinal": str(n), "title": LONG * (n % 3), "number": "X" * 60} for n in range(1, 61)]
    found = pages(pdf(Table(form("contents", "zh"), [("档号", "J001")], rows), "zh"))
    assert len(found) > 2
    for number, text in enumerate(found, start=1):
        assert "责任者" in text
        assert f"第 {number} 页" in text
        assert f"共 {len(found)} 页" in text
    told = "".join("".join(text.split()) for text in found)
    assert told.count(LONG) == 60


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text(st.sampled_from("医保档案A1- ·/"), max_size=300), max_size=25))
def test_whatever_the_titles_nothing_is_lost_and_no_page_overflows(titles):
    narrow = Form("contents", "目录", "", False, (Column("ordinal", "序号", 20), Column("title", "题名", 40)))
    rows = [{"ordinal": str(n), "title": title} for n, title in enumerate(titles)]
    data = pdf(Table(narrow, [], rows), "zh")
    told = "".join("".join(text.split()) for text in pages(data))
    assert told.count("医") == sum(title.count("医") for title in titles)
    document = pypdfium2.PdfDocument(BytesIO(data))
    for page in document:
        boxes = [found.get_bounds() for found in page.get_objects() if found.type == 1]
        assert all(bottom > 0 for _, bottom, _, _ in boxes)
