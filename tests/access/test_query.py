from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.access.ports import Order
from yidang.access.query import open_words, parse, seal_words
from yidang.access.query.dates import span
from yidang.access.query.model import Identified
from yidang.kernel.errors import DomainError, Invalid


def words(text, **params):
    return [(term.text, term.is_excluded) for term in parse(text, params).terms]


def refused(text, **params):
    with pytest.raises(Invalid) as caught:
        parse(text, params)
    return caught.value.code


def test_words_phrases_and_exclusions():
    assert words("高血压 住院") == [("高血压", False), ("住院", False)]
    assert words('"住院 费用" -门诊 -“特殊 病种”') == [("住院 费用", False), ("门诊", True), ("特殊 病种", True)]
    assert words("「慢性病」　糖尿病") == [("慢性病", False), ("糖尿病", False)]
    assert words("COVID-19 β-受体") == [("COVID-19", False), ("β-受体", False)]


def test_an_open_quote_runs_to_the_end():
    assert words('高血压 "住院 费用') == [("高血压", False), ("住院 费用", False)]


def test_one_character_is_refused_by_name():
    with pytest.raises(Invalid) as caught:
        parse("高血压 药")
    assert (caught.value.code, caught.value.facts) == ("query_too_short", {"term": "药"})
    assert refused("-药") == "query_too_short"
    assert words("B超") == [("B超", False)]
    assert words("10") == [("10", False)]


def test_punctuation_alone_asks_for_nothing():
    assert words("高血压 、 —— ()") == [("高血压", False)]
    assert parse(" ! ").is_blank


def test_identifiers_are_recognised():
    query = parse("11010519491231002x 138-0013-8000 姓名:王小明 文号:浙医保〔2024〕12号")
    assert query.identified == (
        Identified("id_number", "11010519491231002X"),
        Identified("phone", "13800138000"),
        Identified("name", "王小明"),
        Identified("document_number", "浙医保(2024)12号"),
    )
    assert query.is_sensitive
    assert not query.terms
    assert not parse("姓名：王小明").is_sensitive


def test_an_id_number_inside_a_phrase_is_taken_out_of_it():
    query = parse('"参保人 11010519491231002X 申请"')
    assert [term.text for term in query.terms] == ["参保人", "申请"]
    assert query.is_sensitive


@pytest.mark.parametrize(
    "typed",
    [
        "J001-ZY·YB·CBGR·2026·D100-000001",
        "j001-zy.yb.cbgr.2026.d100-000001",
        "Ｊ００１－ＺＹ・ＹＢ・ＣＢＧＲ・２０２６・Ｄ１００－０００００１",
    ],
)
def test_a_reference_code_in_any_spelling(typed):
    assert parse(typed).identified == (Identified("code", "J001-ZY·YB·CBGR·2026·D100-000001"),)
    assert parse(f"档号:{typed}").identified == parse(typed).identified


def test_filters_from_words_and_from_the_url_join():
    query = parse(
        "年度:2024,2023 state:waiting 高血压", {"year": ["2022"], "seal": "yes", "order": "best", "page": "3"}
    )
    assert query.facets == {
        "year": frozenset({"2022", "2023", "2024"}),
        "state": frozenset({"waiting"}),
        "seal": frozenset({"yes"}),
    }
    assert (query.order, query.page) == (Order.BEST, 3)
    assert refused("-年度:2024") == "query_exclusion_unsupported"


def test_an_unknown_key_is_a_word():
    assert words("诊断:高血压") == [("诊断:高血压", False)]


def test_filters_hold_no_words():
    query = parse("王小明 年度:2024", {"from": "2024-01", "order": "best"})
    assert list(query.filters()) == [("year", "2024"), ("from", "2024-01-01"), ("order", "best")]


def test_dates():
    assert span("2024") == (date(2024, 1, 1), date(2024, 12, 31))
    assert span("2024年2月") == (date(2024, 2, 1), date(2024, 2, 29))
    assert span("2024-05-06..2024.06") == (date(2024, 5, 6), date(2024, 6, 30))
    assert span("２０２４／５／６至") == (date(2024, 5, 6), None)
    assert span("..2023") == (None, date(2023, 12, 31))
    query = parse("日期:2024..2025", {"from": "2024-03-01", "to": "2026"})
    assert (query.formed_from, query.formed_to) == (date(2024, 3, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("日期:去年", "query_date_malformed"),
        ("日期:2024-13", "query_date_malformed"),
        ("日期:2024-02-30", "query_date_malformed"),
        ("日期:..", "query_date_malformed"),
        ("日期:2025..2024", "period_reversed"),
        ("高" * 401, "query_too_long"),
        ("高血 " * 31, "query_too_long"),
    ],
)
def test_what_cannot_be_meant_is_refused(text, code):
    assert refused(text) == code


@pytest.mark.parametrize(
    ("name", "value"), [("page", "0"), ("page", "x"), ("page", "９"), ("order", "oldest"), ("size", "9999")]
)
def test_filters_are_checked(name, value):
    assert refused("", **{name: value}) == "query_filter_malformed"


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        query = parse(text)
    except DomainError:
        pass  # refused with a code of the catalogue, which is an answer too
    else:
        assert all(term.demand.grams for term in query.terms)


@given(st.text(max_size=60).filter(lambda text: "\ud800" not in text))
def test_sealed_words_come_back(text):
    text = text.encode("utf-8", "ignore").decode()
    assert open_words(seal_words(text)) == text


def test_sealed_words_show_nothing_and_take_nothing_foreign():
    token = seal_words("王小明")
    assert token.isascii()
    assert "王" not in token
    for foreign in (token[:-4], "x", "王小明", token + "A"):
        with pytest.raises(Invalid) as caught:
            open_words(foreign)
        assert caught.value.code == "query_link_malformed"


def test_filters_are_said_in_words(monkeypatch):
    from yidang.access.query import spoken

    monkeypatch.setattr(spoken, "_dictionaries", [lambda _facet, said: {"DYJS"} if said == "住院费用结算" else set()])
    assert parse("类目:住院费用结算").facets == {"series": frozenset({"DYJS"})}
    assert parse("series:CBGR").facets == {"series": frozenset({"CBGR"})}
    assert refused("类目:无此类目") == "query_filter_unknown"


@pytest.mark.parametrize("typed", ["j001－zy.yb.cbgr.2026.d100－12", "J001-ZY-YB-CBGR-2026-D100-000012"])
def test_a_code_typed_short_or_with_one_sign_is_found(typed):
    assert parse(typed).identified == (Identified("code", "J001-ZY·YB·CBGR·2026·D100-000012"),)
