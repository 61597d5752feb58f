from contextlib import suppress
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.kernel.errors import Invalid
from yidang.kernel.money import format_yuan, from_decimal, parse_yuan


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("¥1,234.50", 123450),
        ("1234.5元", 123450),
        ("１２３４．５０", 123450),
        ("-0.05", -5),
        (".5", 50),
        ("0", 0),
        ("3,000元整", 300000),
    ],
)
def test_amounts_as_forms_print_them(text, fen):
    assert parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "元", "1.234", "1,23", "12,34.00", "1.2.3", "壹佰", "1e5", "."])
def test_what_is_no_amount_is_refused_not_rounded(text):
    with pytest.raises(Invalid, match="amount_malformed"):
        parse_yuan(text)


@given(st.integers(-(10**14), 10**14), st.booleans())
def test_an_amount_reads_back_as_written(fen, grouped):
    assert parse_yuan(format_yuan(fen, grouped=grouped)) == fen


@given(st.text(max_size=30))
def test_no_text_breaks_it(text):
    with suppress(Invalid):
        parse_yuan(text)


def test_decimals_beyond_fen_are_refused():
    assert from_decimal(Decimal("1.20")) == 120
    with pytest.raises(Invalid):
        from_decimal(Decimal("1.234"))
