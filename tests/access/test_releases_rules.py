"""What leaves the house without telling whom it is about."""

from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.access.releases import biometrics
from yidang.access.releases.changing import Shift, age_group, suppressed, widened_icd, widened_region
from yidang.access.releases.pseudonyms import Digests, Pseudonyms
from yidang.access.releases.risk import assess, withheld
from yidang.access.releases.scrubbing import scrubbed
from yidang.kernel.errors import Invalid

KEY, OTHER = b"k" * 32, b"o" * 32
people = st.text(min_size=1, max_size=20)


@given(people)
def test_a_pseudonym_leads_back_under_its_own_key_alone(value):
    name = Pseudonyms(KEY, "name").of(value)
    assert name == Pseudonyms(KEY, "name").of(value)
    assert value not in name or len(value) < 3
    assert Pseudonyms(KEY, "name").back(name.lower()) == value
    for other in (Pseudonyms(OTHER, "name"), Pseudonyms(KEY, "id_number")):
        assert other.of(value) != name
        with pytest.raises(Invalid):
            other.back(name)


@given(st.text(max_size=60))
def test_what_is_no_pseudonym_is_refused(text):
    with pytest.raises(Invalid):
        Pseudonyms(KEY, "name").back(text)


def test_a_changed_pseudonym_is_refused():
    name = Pseudonyms(KEY, "name").of("11010519491231002X")
    for place in range(1, len(name)):
        changed = name[:place] + ("A" if name[place] != "A" else "B") + name[place + 1 :]
        try:
            found = Pseudonyms(KEY, "name").back(changed)
        except Invalid:
            continue
        assert found == "11010519491231002X"  # the last letter carries bits that stand for nothing
        assert place == len(name) - 1


def test_digests_differ_by_key_and_kind():
    values = {Digests(key, kind).of("11010519491231002X") for key in (KEY, OTHER) for kind in ("name", "id_number")}
    assert len(values) == 4


@given(people, st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 2000))
def test_the_time_between_two_dates_of_a_person_stays(person, first, apart):
    shift = Shift(KEY)
    second = first + timedelta(days=apart)
    assert shift.moved(second, person) - shift.moved(first, person) == second - first
    assert 1 <= abs(shift.days(person)) <= 365


@pytest.mark.parametrize(
    ("age", "group"), [(0, "0-4"), (4, "0-4"), (5, "5-9"), (89, "85-89"), (90, "90+"), (104, "90+")]
)
def test_ages_are_grouped_and_the_oldest_stand_together(age, group):
    assert age_group(age) == group


def test_places_and_diagnoses_are_widened():
    assert (widened_region("330106"), widened_region("330106", 2), widened_icd("E11.901")) == (
        "330100",
        "330000",
        "E11",
    )


tables = st.dictionaries(st.tuples(st.sampled_from("甲乙丙"), st.sampled_from("ABCD")), st.integers(0, 30), max_size=12)


@given(tables, st.integers(2, 10))
def test_no_small_count_shows_and_no_line_betrays_it(table, least):
    shown = suppressed(table, least=least)
    assert shown.keys() == table.keys()
    for cell, count in shown.items():
        assert count is None or count == table[cell]
        assert count is None or not 0 < count < least
    for axis in (0, 1):
        for name in {cell[axis] for cell in shown}:
            line = [shown[cell] for cell in shown if cell[axis] == name]
            assert sum(count is None for count in line) != 1 or not any(line)


SCRUBBED = [
    ("患者姓名：欧阳娜娜 性别：女", [], "患者姓名：〔姓名〕 性别：女"),
    ("张 三丰于3月1日入院，张三丰出院", ["张三丰"], "〔姓名〕于3月1日入院，〔姓名〕出院"),
    ("身份证号11010519491231002X，电话 138-1234-5678", [], "身份证号〔证件号〕，电话 〔电话〕"),
    ("住址：浙江省杭州市西湖区文三路1号2幢301室。", [], "〔地址〕。"),
    ("卡号 6222 0212 3456 7890 123", [], "卡号 〔账号〕"),
    ("联系 someone@example.org", [], "联系 〔邮箱〕"),
    ("血压 130/85，血糖 7.8，2026-03-01 复查", [], "血压 130/85，血糖 7.8，2026-03-01 复查"),
]


@pytest.mark.parametrize(("text", "names", "wanted"), SCRUBBED)
def test_free_text_is_scrubbed(text, names, wanted):
    assert scrubbed(text, names)[0] == wanted


@given(st.text(max_size=200), st.lists(st.text(min_size=2, max_size=4).filter(str.strip), max_size=3))
def test_no_known_name_survives_any_text(text, names):
    clean, counts = scrubbed(text + "".join(names), names)
    assert isinstance(counts, Counter)
    assert all(name.strip() not in clean for name in names if len(name.strip()) > 1 and name.strip() not in "〔姓名〕")


def row(age, sex, place, illness):
    return {"age": age, "sex": sex, "place": place, "illness": illness}


def test_risk_counts_what_a_stranger_could_single_out():
    rows = (
        [row("40-44", "男", "3301", "E11")] * 3
        + [row("40-44", "男", "3301", "I10")]
        + [row("90+", "女", "3301", "C34")]
    )
    risk = assess(rows, knowable=["age", "sex", "place"], sensitive=["illness"])
    assert (risk.rows, risk.groups, risk.k, risk.l, risk.unique) == (5, 2, 1, 1, 0.2)
    assert (risk.prosecutor, risk.average, risk.below) == (1.0, 0.4, 5)
    assert risk.telling[0] == (("age",), 1)
    assert not risk.holds(k=2, l=1)
    kept, left_out = withheld(rows, knowable=["age", "sex", "place"], least=4)
    assert (len(kept), left_out) == (4, 1)
    better = assess(kept, knowable=["age", "sex", "place"], sensitive=["illness"])
    assert better.holds(k=4, l=2)


@given(st.lists(st.tuples(*[st.sampled_from("ab")] * 3), max_size=40), st.integers(2, 6))
def test_what_is_kept_holds_k(values, least):
    rows = [dict(zip("xyz", one, strict=True)) for one in values]
    kept, left_out = withheld(rows, knowable="xyz", least=least)
    assert len(kept) + left_out == len(rows)
    assert assess(kept, knowable="xyz").holds(k=least, l=0)


def test_a_template_is_known_again_and_only_under_its_key():
    random = np.random.default_rng(7)
    face, stranger = random.normal(size=512), random.normal(size=512)
    again = face + random.normal(scale=0.2, size=512)
    hashed = biometrics.keyed_hash(face, KEY)
    assert len(hashed) == 32
    assert biometrics.is_same(hashed, biometrics.keyed_hash(again, KEY))
    assert not biometrics.is_same(hashed, biometrics.keyed_hash(stranger, KEY))
    assert not biometrics.is_same(hashed, biometrics.keyed_hash(face, OTHER))


@pytest.mark.parametrize("template", [[], [0.0, 0.0], [float("nan")], [1.0] * 5000])
def test_what_is_no_template_is_refused(template):
    with pytest.raises(Invalid):
        biometrics.keyed_hash(template, KEY)
