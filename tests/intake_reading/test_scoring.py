"""The yardstick itself."""

from hypothesis import given
from hypothesis import strategies as st

from yidang.intake.samples.scoring import compare, distance, total


@given(st.text("甲乙丙丁", max_size=8), st.text("甲乙丙丁", max_size=8))
def test_distance_is_symmetric_and_bounded(one, other):
    assert distance(one, other) == distance(other, one)
    assert abs(len(one) - len(other)) <= distance(one, other) <= max(len(one), len(other))
    assert (distance(one, other) == 0) == (one == other)


def line(text, x0, y, x1):
    return text, (x0, y, x1, y + 0.02)


def test_joined_cells_and_split_lines_are_no_errors():
    truth = [line("姓名", 0.1, 0.1, 0.2), line("王小明", 0.21, 0.1, 0.3), line("一二三四五六", 0.1, 0.2, 0.5)]
    read = [line("姓名王小明", 0.1, 0.1, 0.3), line("四五六", 0.3, 0.2, 0.5), line("一二三", 0.1, 0.2, 0.29)]
    assert total(compare(truth, read, skew=0, ratio=0.7)).errors == 0


def test_missed_and_invented_text_count_in_full():
    truth = [line("姓名", 0.1, 0.1, 0.2)]
    read = [line("污迹", 0.6, 0.8, 0.7)]
    assert total(compare(truth, read, skew=0, ratio=0.7)).errors == 4


def test_widths_and_blanks_are_no_errors():
    truth = [line("金额（元）：１２", 0.1, 0.1, 0.4)]
    read = [line("金额(元): 12", 0.1, 0.1, 0.4)]
    assert total(compare(truth, read, skew=0, ratio=0.7)).errors == 0
