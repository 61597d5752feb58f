"""Values as forms write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.intake.reading.extraction.money_words import parse_words
from yidang.intake.reading.extraction.values import (
    parse_amount,
    parse_credit_code,
    parse_date,
    parse_diagnosis,
    parse_icd,
    parse_id,
    parse_institution,
    parse_name,
    parse_number,
    parse_phone,
)
from yidang.intake.samples.forms.kit import in_words
from yidang.kernel.resident_id import check_digit


@given(st.integers(min_value=100, max_value=99_999_999_99))
def test_amounts_in_words_are_read_back(fen):
    assert parse_words(in_words(fen)) == fen


@given(st.integers(min_value=0, max_value=10**9))
def test_amounts_in_figures_are_read_back(fen):
    yuan, cents = divmod(fen, 100)
    for text in (f"{yuan}.{cents:02d}", f"￥{yuan:,}.{cents:02d}", f"{yuan}.{cents:02d}元"):
        assert parse_amount(text).value == fen


def test_a_dot_read_for_a_comma_makes_an_amount_doubtful():
    assert parse_amount("4.427.08元").value == 442708
    assert parse_amount("4.427.08元").sureness < 0.9


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2035, 12, 31)))
def test_days_are_read_in_every_spelling(day):
    spellings = (
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y-%m-%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y/%m/%d}",
        f"{day:%Y%m%d}",
    )
    assert {parse_date(text).value for text in spellings} == {day.isoformat()}


def test_old_letters_spell_days_out():
    assert parse_date("一九九八年十一月二十三日").value == "1998-11-23"
    assert parse_date("二〇〇三年三月十日").value == "2003-03-10"


@pytest.mark.parametrize("text", ["2025年2月30日", "2025年13月1日", "某年某月", ""])
def test_no_day_is_made_up(text):
    assert parse_date(text) is None


@given(st.integers(min_value=0, max_value=16), st.integers(min_value=1, max_value=9))
def test_one_wrong_digit_in_an_id_number_is_never_proven(place, shift):
    body = "66010219780312404"
    right = body + check_digit(body)
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert parse_id(right).is_proven
    parsed = parse_id(wrong)
    assert parsed is None or not parsed.is_proven


def test_letters_read_for_digits_are_mended_where_no_letter_can_stand():
    body = "66010219780312404"
    number = body + check_digit(body)
    assert parse_id(number.replace("0", "O")).value == number
    assert parse_credit_code("91660103URYMOJD4GW").value == "91660103URYM0JD4GW"
    assert parse_credit_code("91660103URYMOJD4GW").is_proven


def test_disease_codes_are_mended_by_the_table():
    assert parse_icd("110").value == "I10"
    assert parse_icd("120.9").value == "I20.9"
    assert parse_icd("(I50.9)").value == "I50.9"
    assert not parse_icd("110").is_proven
    assert parse_icd("370.12") is None


def test_a_diagnosis_loses_its_number_and_its_code():
    assert parse_diagnosis("1.原发性高血压(I10)").value == "原发性高血压"
    assert parse_diagnosis("原发性高血压").is_proven
    assert parse_diagnosis("慢性阻塞性肺疾疾").value == "慢性阻塞性肺疾病"


def test_institutions_are_those_of_the_list():
    assert parse_institution("临溪县人民医院").is_proven
    assert parse_institution("市二院").value == "青垣市第二人民医院"
    assert parse_institution("临溪县中队医院").value == "临溪县中医医院"
    assert parse_institution("外省某某大学附属医院").sureness < 0.9


def test_names_numbers_and_phones():
    assert parse_name("欧阳小红").value == "欧阳小红"
    assert parse_name("13912345678") is None
    assert parse_phone("电话13912345678").value == "13912345678"
    assert parse_phone("0661-5501234").value == "0661-5501234"
    assert parse_number("临医保稽〔2019]16号").value == "临医保稽〔2019〕16号"
    assert parse_number("JS2025060112345").value == "JS2025060112345"
