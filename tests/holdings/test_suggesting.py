"""Volumes suggested from person, case and year; nothing is kept until somebody confirms."""

from collections import Counter
from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yidang.holdings import operations
from yidang.holdings.arranging.rules import Paper, groups, longest_term, page_spans
from yidang.holdings.arranging.suggesting import compose_volume, suggest
from yidang.holdings.models import Item, Volume
from yidang.holdings.operations.volume_steps import in_order
from yidang.holdings.sealing import open_volume_description
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict, NotAllowed, NotFound

from .grants import ARCHIVIST, reader
from .records import describing, draft, ids

ZHANG, LI = "11010519491231002X", "440524188001010014"
digests = st.frozensets(st.sampled_from([b"a", b"b", b"c"]), max_size=2)
papers = st.lists(
    st.builds(
        Paper,
        item=st.uuids(version=4),
        position=st.integers(0, 99),
        persons=digests,
        names=st.frozensets(st.sampled_from([b"n", b"m"]), max_size=2),
        cases=digests,
        formed_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 5)),
    ),
    max_size=12,
    unique_by=lambda paper: paper.item,
)


@given(papers)
def test_no_paper_is_suggested_twice_and_none_is_invented(given_papers):
    placed = Counter(paper for group in groups(given_papers) for paper in group.papers)
    assert set(placed.values()) <= {1}
    assert set(placed) <= set(given_papers)


@given(papers)
def test_no_volume_holds_two_people_or_the_papers_of_several(given_papers):
    for group in groups(given_papers):
        assert len(frozenset().union(*(paper.persons for paper in group.papers))) <= 1
        assert all(len(paper.persons) <= 1 for paper in group.papers)


@given(papers)
def test_papers_of_one_person_with_a_number_are_all_suggested(given_papers):
    placed = {paper for group in groups(given_papers) for paper in group.papers}
    assert {paper for paper in given_papers if len(paper.persons) == 1} <= placed


@given(papers)
def test_within_a_volume_the_dated_come_first_and_in_time(given_papers):
    for group in groups(given_papers):
        days = [paper.formed_on or date.max for paper in group.papers]
        assert days == sorted(days)


@given(papers, st.randoms())
@settings(max_examples=50)
def test_the_order_of_receipt_alone_changes_no_grouping(given_papers, chance):
    mixed = list(given_papers)
    chance.shuffle(mixed)
    assert {frozenset(one.papers) for one in groups(mixed)} == {frozenset(one.papers) for one in groups(given_papers)}


@given(st.lists(st.integers(0, 20)))
def test_pages_are_counted_through_without_a_gap(counts):
    spans = list(page_spans(counts))
    pages = [page for first, last in spans if last for page in range(first, last + 1)]
    assert pages == list(range(1, sum(counts) + 1))
    assert [last - first + 1 if last else 0 for first, last in spans] == counts


@given(st.lists(st.sampled_from(["D10", "D30", "D50", "D100", "Y"]), min_size=1))
def test_the_longest_term_outlasts_the_others(terms):
    assert longest_term(terms) == min(terms, key=["Y", "D100", "D50", "D30", "D10"].index)


def told(title, day, **values) -> dict:
    return draft(describing(title, formed_on=day, **values), series="CWPZ")


@pytest.fixture
def drafts(scheme) -> list[Item]:
    return operations.create_drafts(
        SYSTEM,
        [
            told("张三退费单", "2026-03-09", person_name="张三", id_number=ZHANG),
            told("张三申请", "2026-03-01", person_name="张三"),
            told("李四退费单", "2026-03-02", person_name="李四", id_number=LI),
            told("月报", "2026-03-31"),
            told("汇总", "2026-03-31", document_number="汇〔2026〕1号"),
            told("汇总附表", "2026-03-31", document_number="汇[2026]1号"),
        ],
    )


@pytest.mark.django_db
def test_a_person_and_a_case_make_a_volume_and_the_rest_is_left(drafts):
    found = suggest(ARCHIVIST, series="CWPZ", year=2026)
    assert [ids([paper.item for paper in one.papers]) for one in found.found] == [
        [drafts[1].pk, drafts[0].pk],
        [drafts[2].pk],
        [drafts[4].pk, drafts[5].pk],
    ]
    assert (found.left, found.is_cut) == (1, False)
    assert not Volume.objects.exists()


@pytest.mark.django_db
def test_a_confirmed_suggestion_is_an_open_volume_with_its_name_covered_on_screen(drafts):
    from yidang.holdings.volumes import volume_title

    chosen = [drafts[1].pk, drafts[0].pk]
    made = compose_volume(ARCHIVIST, series="CWPZ", year=2026, item_ids=chosen)
    assert open_volume_description(made.pk, made.description).title == "张三2026年会计凭证"
    assert volume_title(made) == "张*2026年会计凭证"
    assert list(in_order(Item.objects.filter(volume=made)).values_list("pk", flat=True)) == chosen
    assert made.reference_code is None
    with pytest.raises(Conflict, match="volume_choice_wrong"):
        compose_volume(ARCHIVIST, series="CWPZ", year=2026, item_ids=chosen)


@pytest.mark.django_db
def test_who_may_not_arrange_is_suggested_nothing(drafts):
    with pytest.raises(NotAllowed):
        suggest(reader("cwg"), series="CWPZ", year=2026)
    with pytest.raises(NotFound):
        suggest(ARCHIVIST, series="CBGR", year=2026)
    with pytest.raises(Conflict):
        compose_volume(ARCHIVIST, series="CWPZ", year=2026, item_ids=[UUID(int=1)])
