from hypothesis import example, given
from hypothesis import strategies as st

from yidang.access.words.canonical import Traced, canonical, code_head
from yidang.access.words.folding import fold
from yidang.access.words.grams import demand, grams, spell
from yidang.access.words.matching import occurrences, places, stands_in
from yidang.access.words.private import covered, private_numbers, without, without_names
from yidang.access.words.tokens import Tokens
from yidang.crypto.sm import KeyedSm3

few = st.text(alphabet="高血压病糖10ab.,，、 \n-㎎１", max_size=24)


def holds(phrase, text):
    return any(True for _ in occurrences(canonical(phrase), canonical(text)))


def sieve(phrase, text):
    return demand(canonical(phrase)).grams <= grams(canonical(text))


@given(phrase=few, text=few)
@example(phrase="压病高", text="高血压病高血压")
@example(phrase="i10", text="诊断 I10.x00")
def test_what_holds_a_phrase_holds_its_grams_and_a_proof_is_a_proof(phrase, text):
    needed = demand(canonical(phrase))
    if not needed.grams:
        return
    if needed.is_proof:
        assert holds(phrase, text) == sieve(phrase, text)
    elif holds(phrase, text):
        assert sieve(phrase, text)


@given(st.lists(st.sampled_from(["高", "血", "ct", "c", "t", "10"]), min_size=1, max_size=3))
def test_no_two_grams_are_spelt_alike(units):
    assert canonical(spell(units)).units == units


def test_permuted_characters_are_not_found():
    text = "城乡居民高血压门诊用药保障"
    assert holds("高血压", text)
    assert not any(sieve(p, text) for p in ("压血高", "血高压", "高压血", "压高血"))


def test_overlapping_runs_pass_the_sieve_and_fail_the_proof():
    text = "中国人 国人民"
    assert sieve("中国人民", text)
    assert not demand(canonical("中国人民")).is_proof
    assert not holds("中国人民", text)
    assert holds("中国人国", text)  # a blank between ideographs is nothing


def test_a_phrase_is_found_across_the_end_of_a_line_but_not_across_a_comma():
    assert holds("住院费用", "住院\n  费用")
    assert sieve("住院费用", "住院\n费用")
    assert not holds("住院费用", "住院、费用")
    assert not sieve("院费", "住院、费用")


def test_wide_and_narrow_large_and_small_are_the_same():
    assert fold("ＣＴ１２３") == "ct123"
    assert holds("ct检查", "行ＣＴ检查")
    assert holds("ＣＴ", "ct")


def test_amounts_dates_and_codes_are_words():
    assert canonical("1,234.50元").units == ["1234.50", "元"]
    assert canonical("2024.10.05").units == ["2024", "10", "05"]
    assert canonical("I10.x00").units == ["i10.x00"]
    assert code_head("i10.x00") == "i10"
    assert code_head("12.50") is None
    assert holds("2024年10月5日", "出院日期:2024年10月5日")
    assert not holds("2024年10月5日", "2024年5月10日")


def test_numbers_are_whole():
    assert not holds("123", "1234")
    assert not sieve("123", "1234")


def test_one_character_alone_leaves_no_gram():
    assert grams(canonical("高、血 a、1")) == {"血a"}
    assert not demand(canonical("高")).grams


@given(st.text(max_size=40))
def test_every_place_leads_back(text):
    traced = Traced(text)
    for start in range(len(traced.folded)):
        first, end = traced.place(start, start + 1)
        assert traced.folded[start] in fold(traced.plain[first:end])


@given(phrase=few.filter(str.strip), text=few)
def test_both_ways_of_finding_agree(phrase, text):
    wanted, traced = canonical(phrase), Traced(text)
    if not wanted.units:
        return
    by_units = [
        traced.place(traced.row.starts[first], traced.row.ends[first + len(wanted.units) - 1])
        for first in occurrences(wanted, traced.row)
    ]
    assert list(places(wanted, traced)) == by_units
    assert stands_in(wanted, traced) == bool(by_units)


def test_a_match_is_lit_in_the_text_as_it_is_written():
    text = Traced("药费 ㎎ 高血\n压 Ⅱ期")
    ((first, end),) = places(canonical("高血压ii期"), text)
    assert text.plain[first:end] == "高血\n压 Ⅱ期"


def test_numbers_that_name_a_person_leave_the_text():
    text = fold("身份证11010519491231002X电话138 0013 8000转，旧号110105491231002 座机0571-87654321 金额 1,234.50")
    numbers = list(private_numbers(text))
    assert {(n.kind, n.value) for n in numbers} == {
        ("id_number", "11010519491231002X"),
        ("id_number", "110105491231002"),
        ("phone", "13800138000"),
        ("phone", "057187654321"),
    }
    left = without(text, numbers)
    assert not any(n.value.lower() in left for n in numbers)
    assert "1,234.50" in left


def test_longer_numbers_are_left_alone():
    assert not list(private_numbers("追溯码 81234567890123456789"))


def test_a_name_leaves_the_text_with_blanks_or_without():
    assert without_names("患者王 小\n明、王小明说", ["王小明"]) == "患者|、|说"


def test_covering_moves_nothing():
    assert covered("号11010519491231002X。", [(1, 19)]) == "号**************002X。"


def test_tokens_hang_on_the_key_and_hide_order():
    here, there = Tokens(KeyedSm3(b"k" * 32)), Tokens(KeyedSm3(b"l" * 32))
    assert here.of_gram("血压") != there.of_gram("血压")
    assert here.of_grams(["甲乙", "乙丙"]) == here.of_grams(["乙丙", "甲乙"])
    assert len(here.of_gram("1234.50")) == 11
    assert here.of_identifier("name", b"x" * 16) != here.of_identifier("phone", b"x" * 16)


def test_amounts_are_not_remembered():
    tokens = Tokens(KeyedSm3(b"k" * 32))
    tokens.of_gram("1234.50")
    assert tokens._recurring.cache_info().currsize == 0
    tokens.of_gram("血压")
    assert tokens._recurring.cache_info().currsize == 1
