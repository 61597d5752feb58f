"""The drawn forms: the faulty ones are doubted for their fault, the whole ones for nothing."""

from random import Random

import pytest

from yidang.intake.samples import specials
from yidang.intake.samples.drawing import draw
from yidang.intake.samples.forms import DRAWERS
from yidang.quality.completeness import rules
from yidang.quality.completeness.rules import Expectation, PageFacts
from yidang.quality.tables import expectations


def facts_of(truth):
    """As a perfect reader would have read it."""
    return [
        PageFacts(
            number,
            [line[0] for line in page["lines"]],
            is_blank="blank" in page["wear"],
            has_seal=bool(page["seals"]),
        )
        for number, page in enumerate(truth["pages"], 1)
    ]


def kinds_of(truth):
    expected = expectations().get(truth["type"], Expectation())
    return {one.kind for one in rules.doubts_of(facts_of(truth), expected, truth["fields"].get("id_number", ""))}


@pytest.fixture(scope="module")
def maker():
    return specials._Maker(Random("quality"), None)


def test_a_page_lost_between_two(maker):
    sample = maker.with_lost_page()
    assert "page_missing" in kinds_of(sample.truth)
    (doubt,) = rules.sequence_doubts(facts_of(sample.truth))
    assert (doubt.page, dict(doubt.facts)) == (1, {"number": 2, "total": 3})


def test_a_blank_back(maker):
    assert "blank_page" in kinds_of(maker.with_blank_page().truth)


def test_a_notice_without_its_seal(maker):
    assert kinds_of(maker.without_seal().truth) == {"seal_missing"}


@pytest.mark.parametrize("kind", list(DRAWERS))
def test_whole_forms_are_doubted_for_nothing_but_a_seal_that_is_not_there(kind):
    for seed in range(2):
        drawn = draw(kind, Random(f"quality/{kind}/{seed}"))
        pages = [
            PageFacts(number, [one.text for one in paper.fragments], has_seal=bool(paper.seals))
            for number, paper in enumerate(drawn.pages, 1)
        ]
        found = rules.doubts_of(pages, expectations().get(kind, Expectation()), drawn.fields.get("id_number", ""))
        is_sealed = any(page.has_seal for page in pages)
        assert {one.kind for one in found} <= (set() if is_sealed else {"seal_missing"})
