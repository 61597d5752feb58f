"""The same sheet scanned twice, and two copies of one form."""

import hashlib
import random

from hypothesis import given
from hypothesis import strategies as st

from yidang.quality.completeness import likeness

FORM = "住院费用结算清单 医疗机构 临溪县人民医院 姓名 {name} 身份证号 {number} "
FORM += "入院日期 {day} 总费用 {total} 统筹支付 {fund}"
LONG = FORM + "".join(f" 项目{n} 数量 {n} 单价 {{p{n}}}" for n in range(12))


def key(word):
    return hashlib.sha256(word.encode()).digest()


def filled(seed):
    dice = random.Random(seed)
    values = {f"p{n}": f"{dice.randrange(100, 99999) / 100:.2f}" for n in range(12)}
    return LONG.format(
        name="".join(dice.sample("王李张刘陈杨赵黄周吴徐孙", 3)),
        number=f"33010619{dice.randrange(10**9):09}1",
        day=f"2025-{dice.randrange(1, 13):02}-{dice.randrange(1, 29):02}",
        total=f"{dice.randrange(10**6) / 100:.2f}",
        fund=f"{dice.randrange(10**6) / 100:.2f}",
        **values,
    )


def misread(text, seed, errors):
    dice, letters = random.Random(seed), list(text)
    for _ in range(errors):
        letters[dice.randrange(len(letters))] = dice.choice("口日曰0O1l")
    return "".join(letters)


@given(st.integers(0, 10**6))
def test_a_second_reading_of_one_sheet_is_found(seed):
    text = filled(seed)
    again = misread(text, seed, 2)
    assert likeness.are_one_sheet(text, again)
    assert set(likeness.bands(text, key)) & set(likeness.bands(again, key))


@given(st.integers(0, 10**6))
def test_two_copies_of_a_form_are_two_sheets(seed):
    assert not likeness.are_one_sheet(filled(seed), filled(seed + 1))


def test_copies_of_a_form_are_seldom_even_candidates():
    prints = [set(likeness.bands(filled(seed), key)) for seed in range(60)]
    pairs = sum(bool(prints[a] & prints[b]) for a in range(60) for b in range(a))
    assert pairs <= 60 * 59 // 2 * 0.25


@given(st.text(max_size=200))
def test_bands_are_small_numbers_and_always_the_same(text):
    found = likeness.bands(text, key)
    assert found == likeness.bands(text, key)
    assert all(0 <= one < 1 << 63 for one in found)
    assert len(found) in {0, likeness.BANDS}


def test_a_word_or_two_prove_nothing():
    assert likeness.bands("附件1", key) == []
