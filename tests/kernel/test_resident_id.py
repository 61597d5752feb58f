from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yidang.kernel import resident_id
from yidang.kernel.clock import today

KNOWN = "11010519491231002X"  # the example of GB 11643

births = st.dates(date(1900, 1, 1), date(2025, 12, 31))
numbers = st.builds(
    lambda region, born, order: with_check(f"{region}{born:%Y%m%d}{order:03d}"),
    st.integers(110000, 829999),
    births,
    st.integers(0, 999),
)


def with_check(first_17: str) -> str:
    return first_17 + resident_id.check_digit(first_17)


def test_the_example_of_the_standard_holds():
    assert resident_id.is_valid(KNOWN)
    assert resident_id.birth_date(KNOWN) == date(1949, 12, 31)
    assert not resident_id.is_male(KNOWN)


@given(numbers)
def test_a_number_made_by_the_rule_is_valid(number):
    assert resident_id.is_valid(number)


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_any_single_wrong_digit_is_noticed(number, place, digit):
    assume(number[place] != digit)
    assert not resident_id.is_valid(number[:place] + digit + number[place + 1 :])


@pytest.mark.parametrize("number", ["", "123", KNOWN[:-1], KNOWN + "1", "110105194902310026", "a" * 18, "0" * 18])
def test_what_is_no_number_is_refused(number):
    assert not resident_id.is_valid(number)


def test_nobody_is_born_tomorrow():
    tomorrow = today() + timedelta(days=1)
    assert not resident_id.is_valid(with_check(f"110105{tomorrow:%Y%m%d}001"))


def test_spaces_small_x_and_full_width_digits_are_understood():
    assert resident_id.is_valid(" 110105 1949 1231 002x ")
    assert resident_id.is_valid("１１０１０５１９４９１２３１００２Ｘ")


def test_an_old_number_and_its_new_form_are_one_person():
    old = "110105491231002"
    assert resident_id.is_valid(old)
    assert resident_id.upgrade(old) == KNOWN
    assert resident_id.upgrade(KNOWN.lower()) == KNOWN
    assert resident_id.birth_date(old) == date(1949, 12, 31)
    assert not resident_id.is_male(old)


@given(st.text(max_size=40))
def test_no_text_breaks_it(text):
    resident_id.is_valid(text)
    resident_id.upgrade(text)


def test_numbers_are_found_in_text_and_longer_ones_are_not():
    text = f"身份证{KNOWN}，追溯码1234567890123456789012"
    assert [found.group() for found in resident_id.IN_TEXT.finditer(text)] == [KNOWN]
