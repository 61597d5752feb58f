"""What is unusual in a day, and what is not."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.access.watch.looking import parameters
from yidang.access.watch.rules import RULES, Act, Day, doubts, surname
from yidang.kernel.texts import catalogue

NOON = datetime(2026, 3, 4, 4, 0, tzinfo=UTC)  # a Wednesday, 12:00 in Shanghai


def opened(count, at=NOON, action="item.viewed", subject=None):
    return [Act(uuid4(), action, subject or uuid4(), at + timedelta(seconds=n)) for n in range(count)]


def found(day):
    return [doubt.rule for doubt in doubts(day, parameters())]


def test_an_ordinary_day_is_nothing():
    acts = opened(50)
    names = {act.subject: f"王某{n}" for n, act in enumerate(acts)}
    assert found(Day(acts, name="李四", names=names, usual=[48, 52, 50])) == []


@pytest.mark.parametrize(
    ("count", "usual", "doubted"),
    [(59, [], False), (60, [], True), (120, [50, 60, 70], False), (180, [50, 60, 70], True), (60, [1, 1, 1], True)],
)
def test_volume_is_measured_by_the_persons_own_days(count, usual, doubted):
    assert ("volume" in found(Day(opened(count), usual=usual))) is doubted


def test_opening_one_record_often_is_not_volume():
    record = uuid4()
    assert found(Day(opened(80, subject=record))) == ["same_record"]


@pytest.mark.parametrize(
    ("hour", "days", "doubted"),
    [(6, 0, True), (7, 0, False), (19, 0, False), (20, 0, True), (12, 3, True), (12, 2, False)],
)
def test_office_hours_are_those_of_the_office(hour, days, doubted):
    at = datetime(2026, 3, 4, hour, 30, tzinfo=UTC) - timedelta(hours=8) + timedelta(days=days)
    assert ("hours" in found(Day(opened(10, at)))) is doubted


def test_a_foreign_department_is_foreign_only_to_who_has_one():
    acts = opened(3)
    departments = {act.subject: frozenset({"cwg"}) for act in acts}
    assert found(Day(acts, own_departments=frozenset({"cbg"}), departments=departments)) == ["foreign_department"]
    assert found(Day(acts, own_departments=frozenset({"cwg"}), departments=departments)) == []
    assert found(Day(acts, departments=departments)) == []


def test_a_family_is_noticed_and_a_common_name_is_not():
    acts = opened(6)
    kin = {act.subject: f"漆{given}" for act, given in zip(acts, "甲乙丙丁戊己", strict=True)}
    assert found(Day(acts, name="漆某", names=kin, surnames={"王": 90, "李": 80})) == ["own_family_name"]
    common = {act.subject: f"王{given}" for act, given in zip(acts, "甲乙丙丁戊己", strict=True)}
    assert found(Day(acts, name="王某", names=common, surnames={"王": 90, "李": 80})) == []


def test_ones_own_record_is_named_at_once():
    (act,) = opened(1)
    assert found(Day([act], name="漆某", names={act.subject: "漆某"})) == ["own_name"]


@pytest.mark.parametrize(
    ("action", "count", "rule"),
    [
        ("id_number.unmasked", 20, "unmasking"),
        ("item.exported", 20, "taking_out"),
        ("glass.broken", 1, "breaking_glass"),
    ],
)
def test_other_acts_are_counted(action, count, rule):
    assert found(Day(opened(count, action=action))) == [rule]
    assert found(Day(opened(count - 1, action=action))) == []


def test_every_rule_has_thresholds_and_words():
    assert parameters().keys() == RULES.keys()
    for rule in RULES:
        assert {f"watch_{rule}", f"watch_{rule}_told"} <= catalogue().keys()


@pytest.mark.parametrize(
    ("name", "family"), [("王小明", "王"), ("欧阳修", "欧阳"), ("欧阳", "欧"), ("王", ""), ("", "")]
)
def test_family_names(name, family):
    assert surname(name) == family


@given(
    st.lists(st.sampled_from(["item.viewed", "phone.unmasked", "item.exported", "search.performed"]), max_size=80),
    st.lists(st.integers(0, 500), max_size=30),
    st.text(max_size=6),
)
def test_no_day_breaks_the_rules(actions, usual, name):
    day = Day([Act(uuid4(), action, uuid4(), NOON) for action in actions], name=name, usual=usual)
    for doubt in doubts(day, parameters()):
        assert doubt.evidence
        assert "?" not in catalogue()[f"watch_{doubt.rule}_told"]["zh"].format(**doubt.facts)
