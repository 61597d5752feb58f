import pytest

from yidang.kernel.harmless import harmless


@pytest.mark.parametrize("cell", ["=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-1+2", "\t=1", "-"])
def test_what_a_spreadsheet_would_compute_is_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "王小明", "-3.50", "+86", "-1,234.00", "1=1", -7, 3.5])
def test_all_else_stays_as_it_is(cell):
    assert harmless(cell) == str(cell)
