"""The order of the steps, severity with its exclusions, and what nothing speaks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.claims.drg.reading import synthetic
from yidang.claims.drg.rules import Case, Codes, Grouper, without_support


@pytest.fixture(scope="module")
def grouper():
    return Grouper(synthetic())


@pytest.mark.parametrize(
    ("case", "drg"),
    [
        (Case("J18.9"), "ES25"),
        (Case("J18.9", ("I50.9",)), "ES23"),
        (Case("J18.9", ("J96.9",)), "ES21"),
        (Case("J18.9", ("D64.9", "J96.9")), "ES21"),
        (Case("K35.8", (), ("47.01",)), "GD25"),
        (Case("I25.1", (), ("88.56", "36.07")), "FM15"),  # the first operation group in the order of the tables
        (Case("N18.5", (), ("39.95",)), "LL15"),
        (Case("J18.9", (), ("96.72",)), "AH19"),  # in advance, whatever the main diagnosis
        (Case("P59.9", (), (), 1, 0, 9), "PU19"),
        (Case("J18.9", ("B20.1",)), "YR15"),
        (Case("S82.2", ("S06.5", "S36.0"), ("79.36",)), "ZZ15"),
        (Case("S82.2", ("S72.0", "S36.0"), ("79.36",)), "IF35"),  # one other part of the body is not many
        (Case("K35.8", (), ("81.51",)), "GQY"),
    ],
)
def test_the_steps_follow_one_another(grouper, case, drg):
    assert grouper.group(case).drg == drg


def test_a_newborn_is_one_for_28_days(grouper):
    assert grouper.group(Case("P59.9", age_days=28)).mdc == "P"
    assert grouper.group(Case("P59.9", age_days=29)).status == "unknown_main_diagnosis"


@pytest.mark.parametrize("main", ["J96.0", "J69.0"])
def test_a_complication_does_not_count_beside_what_it_belongs_to(grouper, main):
    assert grouper.group(Case(main, ("J96.9",))).severity == 5


def test_a_case_without_a_diagnosis_or_with_an_unknown_one_says_so(grouper):
    assert grouper.group(Case("")).status == "no_main_diagnosis"
    assert grouper.group(Case("???")) == ("0000", "", "", 0, "unknown_main_diagnosis")


def test_an_undivided_group_knows_no_severity(grouper):
    assert grouper.group(Case("J18.9", ("J96.9",), ("96.72",))).severity == 9


def test_what_nothing_speaks_for_does_not_weigh(grouper):
    supports = {"J96": {"blood_gas"}, "I50": {"bnp"}}
    case = Case("J18.9", ("J96.9", "I50.9", "D64.9"))
    again, doubted = without_support(grouper, case, {"bnp"}, supports)
    assert (again.drg, doubted) == ("ES23", ["J96.9"])
    assert without_support(grouper, case, {"bnp", "blood_gas"}, supports) == (grouper.group(case), [])


_CODES = st.sampled_from(
    ["J18.9", "K35.8", "I50.9", "J96.9", "D64.9", "N17.9", "S06.5", "B20.1", "O80.0", "?", "E11.9"]
)
_OPERATIONS = st.sampled_from(["47.01", "36.07", "96.72", "39.95", "99.99"])


@given(main=_CODES, others=st.lists(_CODES, max_size=5), operations=st.lists(_OPERATIONS, max_size=3), extra=_CODES)
def test_more_complications_never_make_a_case_lighter(main, others, operations, extra):
    grouper = Grouper(synthetic())
    plain = grouper.group(Case(main, tuple(others), tuple(operations)))
    more = grouper.group(Case(main, (*others, extra), tuple(operations)))
    assert more.mdc != plain.mdc or more.severity <= plain.severity


@given(others=st.permutations(["J96.9", "I50.9", "D64.9", "E11.9"]), operations=st.permutations(["36.07", "88.56"]))
def test_the_order_of_what_is_listed_does_not_matter(others, operations):
    found = Grouper(synthetic()).group(Case("I25.1", tuple(others), tuple(operations)))
    assert found.drg == "FM11"


def test_codes_match_exactly_or_by_their_beginning():
    codes = Codes([("J18*", "A"), ("J18.0", "B"), ("J*", "C")])
    assert codes["J18.0"] == ("B", "A", "C")
    assert codes["J44.1"] == ("C",)
    assert codes["K35"] == ()


def test_it_remembers_no_more_codes_than_it_may(monkeypatch):
    monkeypatch.setattr("yidang.claims.drg.rules._MOST_CODES", 10)
    codes = Codes([("J*", "C")])
    assert all(codes[f"J{n}"] == ("C",) for n in range(100))
    assert len(codes) <= 12
