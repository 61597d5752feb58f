import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.kernel import reference_code as rc
from yidang.kernel.errors import Invalid

STANDARD_EXAMPLES = [
    "J019-ZY·JC·CC·2019·D30-001-001",
    "J019-KU·01·2017-001-001",
    "Z109-WS·2011·Y·办公室-0001",
    "C015-WY·TZGG·2019·D10-00001",
    "J001-ZY·YB·CBGR·2026·D100-000001",
    "J001-KU·YB·CWPZ·2026·D30-0001-0012",
    "C038-001-002-003",
]

codes = st.builds(
    lambda fonds, parts, year, term, numbers: rc.ReferenceCode(fonds, ("ZY", *parts, f"{year}", term), tuple(numbers)),
    st.from_regex(r"[A-Z][0-9]{3}", fullmatch=True),
    st.lists(st.from_regex(r"[A-Z][A-Z0-9]{1,5}", fullmatch=True), max_size=3),
    st.integers(1949, 2100),
    st.sampled_from(["Y", "D10", "D30", "D50", "D100"]),
    st.lists(st.from_regex(r"[0-9]{3,6}", fullmatch=True), min_size=1, max_size=3),
)


@pytest.mark.parametrize("code", STANDARD_EXAMPLES)
def test_the_examples_of_the_standard_read_back_as_written(code):
    assert str(rc.parse(code)) == code


@given(codes)
def test_a_code_reads_back_as_written(code):
    assert rc.parse(str(code)) == code


@given(codes, st.sampled_from("•‧・●."), st.sampled_from("-‐–—－"))
def test_every_usual_spelling_comes_to_the_same_code(code, dot, dash):
    typed = str(code).replace("·", dot).replace("-", dash).lower()
    assert rc.parse(f" {typed} ") == code


@given(st.text(max_size=60))
def test_whatever_is_typed_is_a_code_or_refused(text):
    if rc.is_reference_code(text):
        assert rc.parse(str(rc.parse(text))) == rc.parse(text)
    else:
        with pytest.raises(Invalid, match="reference_code_malformed"):
            rc.parse(text)


@given(st.text(max_size=200))
def test_normalising_twice_changes_nothing_more(text):
    once = rc.normalise(text)
    assert rc.normalise(once) == once


def test_parts_are_named():
    code = rc.parse("J001-ZY·YB·CBGR·2026·D100-000017")
    assert (code.fonds, code.category, code.year, code.term, code.number) == ("J001", "ZY", 2026, "D100", 17)
    assert code.prefix == "J001-ZY·YB·CBGR·2026·D100"


def test_building_follows_the_profile():
    prefix = rc.class_prefix(fonds="J001", class_code="KU·YB·CWPZ", year=2026, term="D30")
    assert rc.item_code(prefix, 1) == "J001-KU·YB·CWPZ·2026·D30-000001"
    assert rc.item_code_in_volume(rc.volume_code(prefix, 2), 3) == "J001-KU·YB·CWPZ·2026·D30-0002-0003"


@pytest.mark.parametrize("number", [0, 1_000_000])
def test_a_number_that_does_not_fit_is_refused(number):
    with pytest.raises(Invalid, match="number_exhausted"):
        rc.item_code("J001-ZY·YB·CBGR·2026·Y", number)


@pytest.mark.parametrize("term", ["", "30", "D0", "D", "永久"])
def test_an_unknown_term_is_refused(term):
    with pytest.raises(Invalid, match="term_malformed"):
        rc.class_prefix(fonds="J001", class_code="ZY·YB·CBGR", year=2026, term=term)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("j001-zy.yb.cbgr.2026.d100-12", "J001-ZY·YB·CBGR·2026·D100-000012"),
        ("J001-KU-YB-CWPZ-2026-D30-0002-3", "J001-KU·YB·CWPZ·2026·D30-0002-0003"),
        ("J001-KU·YB·CWPZ·2026·D30-0002", "J001-KU·YB·CWPZ·2026·D30-0002"),
        ("QS-1998-YB-3", "QS-1998-YB-3"),
    ],
)
def test_a_code_typed_short_is_written_out(typed, code):
    assert rc.completed(typed) == code
