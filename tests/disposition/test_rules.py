"""What opinions come to."""

from hypothesis import given
from hypothesis import strategies as st

from yidang.disposition import rules
from yidang.kernel.period import term_years

terms = st.integers(1, 999).map("D{}".format)
words = st.one_of(st.just(("destroy", "")), st.just(("permanent", "")), terms.map(lambda term: ("extend", term)))


@given(st.lists(words, min_size=1, max_size=9))
def test_nothing_is_destroyed_against_one_voice(said):
    choice, term = rules.outcome(said)
    assert (choice == "destroy") == all(one == "destroy" for one, _ in said)
    assert (choice == "permanent") == any(one == "permanent" for one, _ in said)
    if choice == "extend":
        assert term_years(term) == max(term_years(one) for kind, one in said if kind == "extend")


@given(terms, terms)
def test_longer_is_longer(one, other):
    assert rules.is_longer(one, other) == (term_years(one) > term_years(other))
    assert rules.is_longer("Y", one)
    assert not rules.is_longer(one, "Y")


@given(st.sets(st.sampled_from(sorted(rules.PARTS))))
def test_a_part_is_there_or_missed(parts):
    assert set(rules.missing_parts(parts)) | parts == rules.PARTS
