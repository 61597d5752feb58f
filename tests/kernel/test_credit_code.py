import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from yidang.kernel import credit_code

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
KNOWN = "91350100M000100Y43"


def test_a_known_code_holds():
    assert credit_code.is_valid(KNOWN)
    assert credit_code.is_valid(" 91350100m000100y43 ")


@given(st.from_regex(rf"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{9}}", fullmatch=True))
def test_every_code_made_by_the_rule_is_valid_letters_of_the_authority_included(body):
    assert credit_code.is_valid(body + credit_code.check_character(body))


@given(st.integers(0, 17), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_noticed(place, character):
    assume(KNOWN[place] != character)
    assert not credit_code.is_valid(KNOWN[:place] + character + KNOWN[place + 1 :])


@pytest.mark.parametrize("code", ["", "91350100M000100Y4", "91350100I000100Y43", "9135010OM000100Y43"])
def test_letters_that_look_like_digits_are_refused(code):
    assert not credit_code.is_valid(code)


@given(st.text(max_size=30))
def test_no_text_breaks_it(text):
    credit_code.is_valid(text)
