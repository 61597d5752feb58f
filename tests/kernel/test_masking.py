import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.kernel import masking


@pytest.mark.parametrize(("name", "shown"), [("张三", "张**"), ("欧阳小丽", "欧**"), ("", ""), (" 李 ", "李**")])
def test_a_name_keeps_its_first_character(name, shown):
    assert masking.mask_name(name) == shown


def test_an_id_number_keeps_four_at_each_end():
    assert masking.mask_id_number("11010519491231002X") == "1101**********002X"


@given(st.text(alphabet="0123456789X", min_size=9, max_size=20))
def test_no_more_than_eight_characters_of_an_id_number_show(number):
    shown = masking.mask_id_number(number)
    assert len(shown) == len(number)
    assert sum(character != "*" for character in shown) <= 8


def test_phones_keep_their_ends():
    assert masking.mask_phone("138 1234 5678") == "138****5678"
    assert masking.mask_phone("010-62345678") == "*********78"
    assert masking.mask_phone("110") == "***"


@pytest.mark.parametrize("typed", ["13812345678", "+86 138-1234-5678", "0086 13812345678", "１３８１２３４５６７８"])
def test_one_phone_has_one_spelling(typed):
    assert masking.normalise_phone(typed) == "13812345678"


@pytest.mark.parametrize("typed", ["买买提·艾力", "买买提•艾力", "买买提・艾力", " 买买提 · 艾力 ", "买买提.艾力"])
def test_one_name_has_one_spelling(typed):
    assert masking.normalise_name(typed) == "买买提·艾力"


@given(st.text(max_size=30))
def test_normalising_twice_changes_nothing_more(text):
    for normalise in (masking.normalise_name, masking.normalise_phone):
        assert normalise(normalise(text)) == normalise(text)


def test_phones_are_found_in_text():
    text = "电话：138-1234-5678，座机010-62345678，金额13812345678901元"
    assert [found.group() for found in masking.PHONE_IN_TEXT.finditer(text)] == ["138-1234-5678", "010-62345678"]
