"""Scores over a small history: on trial nobody sees them; heard, they are doubts with reasons; verdicts teach."""

import pytest

from yidang.oversight.desk.evidence import evidence_of
from yidang.oversight.desk.queue import WAITING
from yidang.oversight.models import Finding, FindingState, ModelKind, ModelState, ScoreModel
from yidang.oversight.scores import night
from yidang.oversight.scores.levels import NAMES

pytestmark = pytest.mark.django_db


def test_on_trial_doubts_are_kept_and_are_nobodys_work(history):
    done = night.score_over(history)
    assert {one["level"] for one in done.models} == set(NAMES)
    assert {one.state for one in ScoreModel.objects.all()} == {ModelState.SHADOW}
    assert set(Finding.objects.values_list("state", flat=True)) == {FindingState.SHADOW}
    assert not Finding.objects.filter(state__in=WAITING).exists()
    told = evidence_of(Finding.objects.filter(level="claim").order_by("-number").first())
    assert "未校准" in told.text
    assert told.facts["reasons"][0].keys() == {"feature", "value", "median", "percentile", "contribution"}
    assert told.facts["baseline"]["feature"] == "total"
    count = Finding.objects.count()
    again = night.score_over(history)
    assert (Finding.objects.count(), sum(one["new"] for one in again.models)) == (count, 0)
    assert ScoreModel.objects.count() == len(NAMES)
