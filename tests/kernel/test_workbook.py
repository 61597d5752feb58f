"""Whatever is laid into a workbook comes out the same, and never as a formula."""

import io
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from yidang.kernel.workbook import Sheet, as_xlsx, sheet_title

words = st.text(st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff"), min_size=1)
texts = st.one_of(words, st.sampled_from(["=1+1", "+86", "-5", "@home", "'quoted", "_x0041_"]))


def read(data):
    return load_workbook(io.BytesIO(data), data_only=False).worksheets


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(texts, st.integers(-(2**50), 2**50)), max_size=4))
def test_texts_and_numbers_come_back_as_they_were(rows):
    (sheet,) = read(as_xlsx(Sheet("一", ["名称", "数"], rows)))
    assert [tuple(row) for row in sheet.iter_rows(min_row=2, values_only=True)] == rows
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_headings_stand_still_and_columns_fit():
    rows = [["参保单位名称较长的一家公司", date(2026, 11, 22), None, "a\x00b"]]
    (sheet,) = read(as_xlsx(Sheet("逾期", ["单位", "日期", "空", "字"], rows, above="2026 年")))
    assert sheet["A1"].value == "2026 年"
    assert (sheet["A2"].value, sheet["A2"].font.bold, sheet.freeze_panes) == ("单位", True, "A3")
    assert sheet.column_dimensions["A"].width > 26
    assert (sheet["B3"].value.date(), sheet["C3"].value, sheet["D3"].value) == (date(2026, 11, 22), None, "ab")


def test_any_title_is_one_a_workbook_takes():
    assert sheet_title("药品/耗材: [甲]*?") == "药品、耗材  （甲）  "
    assert len(sheet_title("长" * 60)) == 31
    assert sheet_title("") == "1"
