"""The text of pages: one file, any page by one seek."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.holdings import reading as rd
from yidang.kernel.errors import Invalid

edges = st.integers(0, 10_000).map(lambda n: n / 10_000)
lines = st.builds(
    rd.Line,
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.tuples(edges, edges, edges, edges).map(list),
    st.integers(0, 1000).map(lambda n: n / 1000),
)
readings = st.lists(st.lists(lines, max_size=5).map(rd.PageReading), max_size=6)


@given(readings)
def test_every_page_reads_back_as_written(pages):
    data = rd.encode_readings(pages)
    assert [rd.read_page(BytesIO(data), number) for number in range(1, len(pages) + 1)] == pages
    assert [rd.decode_page(blob) for blob in rd.split_pages(data)] == pages


@given(readings, st.integers(-3, 10))
def test_a_page_that_is_not_there_is_refused(pages, number):
    if not 1 <= number <= len(pages):
        with pytest.raises(Invalid, match="page_number_wrong"):
            rd.read_page(BytesIO(rd.encode_readings(pages)), number)


@given(readings, st.integers(0, 10_000), st.integers(1, 255))
def test_damage_is_noticed_or_harmless(pages, place, flip):
    data = bytearray(rd.encode_readings(pages))
    data[place % len(data)] ^= flip
    for number in range(1, len(pages) + 1):
        try:
            rd.read_page(BytesIO(bytes(data)), number)
        except Invalid:
            return  # and no other error ever


def test_one_page_of_many_is_read_without_the_others():
    pages = [rd.PageReading([rd.Line(f"第{n}页" * 40, [0, 0, 1, 1])]) for n in range(500)]
    source = Counting(rd.encode_readings(pages))
    assert rd.read_page(source, 400) == pages[399]
    assert source.bytes_read < 1000


class Counting(BytesIO):
    bytes_read = 0

    def read(self, size=-1):
        data = super().read(size)
        self.bytes_read += len(data)
        return data


@given(st.lists(lines, max_size=4).map(rd.PageReading), st.integers(-3, 3).map(lambda n: n * 90))
def test_turning_there_and_back_changes_nothing(page, degrees):
    back = rd.turn(rd.turn(page, degrees), -degrees)
    assert [line.text for line in back.lines] == [line.text for line in page.lines]
    for before, after in zip(page.lines, back.lines, strict=True):
        assert list(after.box) == pytest.approx(list(before.box))


def test_a_quarter_turn_moves_the_top_to_the_right():
    page = rd.PageReading([rd.Line("页眉", [0.0, 0.0, 1.0, 0.1])])
    assert rd.turn(page, 90).lines[0].box == pytest.approx([0.9, 0.0, 1.0, 1.0])


def test_a_page_reads_line_by_line():
    assert rd.PageReading([rd.Line("一", [0, 0, 1, 1]), rd.Line("二", [0, 0, 1, 1])]).text() == "一\n二"
