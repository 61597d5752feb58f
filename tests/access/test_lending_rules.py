"""Who must agree, how pages are written, what a quarter suggests: without a database."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.access.lending import analysis_rules as quarterly
from yidang.access.lending.analysis_rules import Gathered, Limits, Search
from yidang.access.lending.rules import ORDER, Step, Thing, leaving, pages_of, spans
from yidang.access.lending.terms import rules

LIMITS = Limits(
    slow_ms=1000,
    shown=10,
    least_repeats=2,
    busy_share=0.4,
    narrow_share=0.6,
    least_of_class=5,
    least_paper_loans=2,
)
things = st.builds(Thing, st.sampled_from(["public", "internal", "sensitive"]), st.sampled_from(["", "cbg", "dyg"]))
forms = st.sampled_from(["screen", "room", "out"])


def steps(*some: Thing, form="screen", sections=(), with_download=False) -> list[Step]:
    return rules().steps_for(some, sections=frozenset(sections), form=form, with_download=with_download)


@given(st.lists(things, max_size=6), forms, st.booleans())
def test_steps_stand_in_their_order_and_once(some, form, with_download):
    found = steps(*some, form=form, with_download=with_download)
    assert found
    assert len(set(found)) == len(found)
    assert [ORDER.index(step.part) for step in found] == sorted(ORDER.index(step.part) for step in found)


@given(st.lists(things, min_size=1, max_size=4), things, forms, st.booleans())
def test_more_records_never_take_fewer_agreements(some, one_more, form, with_download):
    fewer = steps(*some, form=form, with_download=with_download)
    assert set(fewer) <= set(steps(*some, one_more, form=form, with_download=with_download))


@given(st.lists(things, min_size=1, max_size=4), st.sampled_from([frozenset(), frozenset({"cbg"})]))
def test_the_original_always_takes_one_more(some, sections):
    looking = steps(*some, sections=sections)
    taken = leaving(steps(*some, form="out", sections=sections), looking)
    assert set(looking) < set(taken)


@given(st.sampled_from(["cbg", "dyg"]), forms)
def test_what_is_sensitive_takes_two(section, form):
    found = steps(Thing("sensitive", section), form=form, sections=(section,))
    assert len(found) >= 2
    assert Step("head") in found


def test_no_record_at_all_is_the_archives_to_answer():
    assert steps() == [Step("archive")]


@given(st.sets(st.integers(1, 60), min_size=1))
def test_pages_are_read_as_they_are_written(pages):
    ordered = sorted(pages)
    assert pages_of(spans(ordered), 60) == ordered


@pytest.mark.parametrize("text", ["", "0", "3-1", "61", "1-61", "a", "1;2", "-3", "1-", "１"])
def test_other_pages_are_refused(text):
    with pytest.raises(ValueError, match=r"."):
        pages_of(text, 60)


def searched(words: str, times: int = 1, **more) -> list[Search]:
    return [Search(**{"outcome": "performed", "words": words} | more)] * times


def kinds(found: Gathered) -> list[str]:
    return [one.kind for one in quarterly.proposals(found, LIMITS)]


def test_words_without_hits_become_synonyms_or_gaps():
    found = Gathered(
        searches=[*searched("门诊慢性病证明", 3), *searched("量子纠缠", 2), *searched("一次而已")],
        known={"门诊慢特病": "MZ", "参保登记": "CB"},
    )
    made = quarterly.proposals(found, LIMITS)
    assert [(one.kind, one.facts["words"]) for one in made] == [
        ("synonym", "门诊慢性病证明"),
        ("unknown_words", "量子纠缠"),
    ]


def test_a_near_word_is_found():
    assert quarterly.nearest("参保登记表", {"参保登记": "CB", "待遇结算": "DY"}) == "参保登记"
    assert quarterly.nearest("天气预报", {"参保登记": "CB"}) == ""


def test_slow_refused_and_failed_searches_are_told():
    found = Gathered(
        searches=[
            *searched("全部住院", 2, ms=1500, total=9),
            *searched("", 2, outcome="refused", code="id_number_search_not_allowed"),
            *searched("", 2, outcome="failed", code="query_too_short"),
        ],
        failed_loans={"refused": 1},
    )
    assert kinds(found) == ["slow", "refused_id_number_search_not_allowed", "failed", "loans_failed"]


def test_classes_are_split_or_looked_at_and_paper_is_digitised():
    found = Gathered(
        opened={"DYJS": 10, "CBGR": 1},
        types={"DYJS": {"settlement_list": 8, "invoice": 2}, "CBGR": {"other": 1}},
        unused=["JHJC"],
        paper={"CBDW": 3, "CBGR": 1},
    )
    assert kinds(found) == ["split", "unused", "digitise"]


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_every_day_lies_in_its_quarter(day):
    year, quarter = quarterly.quarter_of(day)
    assert quarterly.first_day(year, quarter) <= day < quarterly.first_day(*quarterly.following(year, quarter))


@given(st.lists(st.integers(0, 9000), max_size=30))
def test_half_are_not_slower_than_the_median(times):
    middle = quarterly.percentile(times, 0.5)
    assert sum(one <= middle for one in times) * 2 >= len(times)
