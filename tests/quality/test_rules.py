"""What pages tell of their own completeness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yidang.kernel.resident_id import check_digit
from yidang.quality.completeness import rules
from yidang.quality.completeness.rules import Expectation, PageFacts

ONE, OTHER = "11010519491231002X", "330106198001010013"


def page(number, *lines, **more):
    return PageFacts(number, lines, **more)


def paper(seen, total):
    return [page(place, "费用清单", f"第{x}页 共{total}页") for place, x in enumerate(seen, 1)]


def told(doubts):
    return [(one.kind, one.page, one.facts.get("number")) for one in doubts]


def sequence(pages):
    return list(rules.sequence_doubts(pages))


@pytest.mark.parametrize(
    ("line", "mark"),
    [
        ("第1页 共3页", (1, 3)),
        ("第 2 页，共 3 页", (2, 3)),
        ("第2页/共3页", (2, 3)),
        ("第二页共十二页", (2, 12)),
        ("共3页 第2页", (2, 3)),
        ("第1/3页", (1, 3)),
        ("页码：2/3", (2, 3)),
        ("Page 2 of 3", (2, 3)),
        ("2/3", (2, 3)),
        ("- 2/3 -", (2, 3)),
        ("第4页 共3页", None),  # cannot be
        ("血压 120/80", None),
        ("2024/03", None),  # more digits than a page has, or a month
        ("第1页", None),
        ("阿司匹林 1/2 片", None),
    ],
)
def test_how_pages_are_counted(line, mark):
    found = rules.mark_of(page(1, "正文", line))
    assert (found and (found.x, found.y)) == mark


@given(st.integers(2, 40).flatmap(lambda total: st.tuples(st.just(total), st.sets(st.integers(1, total), min_size=1))))
def test_what_is_missing_is_named_and_nothing_else(case):
    total, seen = case
    lost = sorted(set(range(1, total + 1)) - seen)
    assert told(sequence(paper(sorted(seen), total))) == [
        ("page_missing", next((p for p, x in reversed(list(enumerate(sorted(seen), 1))) if x < n), 1), n) for n in lost
    ]


@given(st.integers(2, 30).flatmap(lambda total: st.tuples(st.just(total), st.integers(1, total))))
def test_a_page_that_stands_twice_is_told_once(case):
    total, twice = case
    seen = sorted([*range(1, total + 1), twice])
    assert told(sequence(paper(seen, total))) == [("page_twice", twice + 1, twice)]


@given(st.permutations(range(1, 7)))
def test_whole_but_out_of_order_is_no_loss(order):
    kinds = {one.kind for one in sequence(paper(order, 6))}
    assert kinds == (set() if list(order) == sorted(order) else {"page_order"})


@given(st.lists(st.integers(1, 9), min_size=1, max_size=6))
def test_whole_papers_one_after_another_raise_nothing(totals):
    pages = [(x, total) for total in totals for x in range(1, total + 1)]
    facts = [page(place, f"第{x}页 共{total}页") for place, (x, total) in enumerate(pages, 1)]
    assert sequence(facts) == []


def test_page_two_of_three_lost():
    assert told(sequence(paper([1, 3], 3))) == [("page_missing", 1, 2)]


def test_the_second_of_two_papers_lacks_its_end():
    facts = [*paper([1, 2], 2), page(3, "第1页 共2页")]
    assert told(sequence(facts)) == [("page_missing", 3, 2)]


def test_a_blank_page():
    assert told(rules.blank_doubts([page(1, "正文"), page(2, is_blank=True)])) == [("blank_page", 2, None)]


def annex(*pages):
    return told(rules.annex_doubts(pages))


def test_annexes_that_are_there_and_not():
    text = page(1, "关于检查情况的通知", "有关情况见附件1和附件2。")
    assert annex(text, page(2, "附件1", "检查名单")) == [("annex_missing", 1, 2)]
    assert annex(text, page(2, "附件1"), page(3, "附 件 二", "汇总")) == []
    assert annex(page(1, "通知", "附件：1.名单", "2.汇总表", "特此通知"), page(2, "附件1")) == [("annex_missing", 1, 2)]


def test_the_only_annex_needs_no_number():
    assert annex(page(1, "通知", "具体名单见附件。"), page(2, "附件：", "名单")) == []
    assert annex(page(1, "通知", "具体名单见附件。")) == [("annex_missing", 1, 1)]


def test_counting_sheets_names_no_annex():
    assert annex(page(1, "报销凭证", "附件 3 张")) == []


SEALED = Expectation(has_seal=True, signatures=("申请人签字",))


def test_a_seal_is_missed_where_one_belongs_and_could_be_seen():
    assert told(rules.seal_doubts([page(1, "证明"), page(2, "续")], SEALED)) == [("seal_missing", 2, None)]
    assert told(rules.seal_doubts([page(1, "证明", has_seal=True), page(2, "续")], SEALED)) == []
    assert told(rules.seal_doubts([page(1, "证明", is_seeable=False)], SEALED)) == []
    assert told(rules.seal_doubts([page(1, "信")], Expectation())) == []


def test_where_nothing_stands_behind_the_label():
    open_ones = [page(1, "申请人签字："), page(2, "申请人签字：＿＿＿＿"), page(3, "申请人签字（盖章）：")]
    assert [number for number, _, _ in rules.unsigned_labels(open_ones, SEALED)] == [1, 2, 3]
    assert rules.unsigned_labels([page(1, "申请人签字：王小明")], SEALED) == []
    assert rules.unsigned_labels([page(1, "申请人签字：", is_seeable=False)], SEALED) == []


def people(*pages, described=""):
    return told(rules.person_doubts(pages, described))


def test_a_page_of_another_person():
    assert people(page(1, f"身份证号 {ONE}"), page(2, f"身份证号 {OTHER}")) == [("wrong_person", 2, None)]
    assert people(page(1, f"身份证号 {ONE}"), page(2, f"{ONE} 代办人 {OTHER}")) == []
    assert people(page(1, f"身份证号 {OTHER}"), described=ONE) == [("wrong_person", 1, None)]


def test_a_misread_number_is_no_other_person():
    wrong = OTHER[:-1] + ("1" if check_digit(OTHER[:17]) != "1" else "2")
    assert people(page(1, ONE), page(2, wrong)) == []


def test_names_count_where_no_number_stands():
    assert people(page(1, "姓名：王小明"), page(2, "姓名：李大红")) == [("wrong_person", 2, None)]
    assert people(page(1, "姓名：王小明"), page(2, "姓名：王小朋")) == []  # one character misread


def test_what_names_a_person_stands_in_the_evidence_alone():
    (doubt,) = rules.person_doubts([page(1, ONE), page(2, OTHER)])
    assert doubt.facts == {}
    assert set(doubt.evidence) == {ONE, OTHER}
    assert ONE not in doubt.key
    assert OTHER not in doubt.key


@given(st.text(max_size=60), st.booleans(), st.booleans())
def test_no_text_breaks_the_rules(text, is_blank, has_seal):
    facts = [page(n, *text.split("\n"), is_blank=is_blank, has_seal=has_seal) for n in (1, 2)]
    for doubt in rules.doubts_of(facts, SEALED, text):
        assert doubt.kind in rules.KINDS
        assert len(doubt.key) <= 80
