"""Scores over a small history: on trial nobody sees them; heard, they are doubts with reasons; verdicts teach."""

import pytest

from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict
from yidang.oversight.desk.evidence import evidence_of
from yidang.oversight.desk.queue import WAITING
from yidang.oversight.models import Finding, FindingState, ModelState, ScoreModel
from yidang.oversight.scores import night
from yidang.oversight.scores.levels import NAMES, level_of
from yidang.oversight.scores.models import UNLEARNT
from yidang.oversight.scores.registry import ensure_unlearnt

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
    assert ScoreModel.objects.count() == len(UNLEARNT) * len(NAMES)


def test_heard_a_model_adds_a_few_by_lot_with_the_chance_of_the_draw(history, inspector, signer, monkeypatch):
    monkeypatch.setattr(night, "levels", lambda: (level_of("person"),))
    ensure_unlearnt(level_of("person"), "2020-01")
    heard = {"state": ModelState.ACTIVE, "proposed_by": inspector.person, "promoted_by": signer.person}
    model = ScoreModel.objects.get(kind="forest")
    ScoreModel.objects.filter(pk=model.pk).update(**heard)
    done = night.score_over(history)
    newest = Finding.objects.filter(rule=model.code, month=done.months[-2])
    drawn = newest.get(entry_chance__lt=1)
    assert drawn.random_pick
    assert (drawn.lot_chance, drawn.state) == (1.0, FindingState.OPEN)
    assert "抽签" in evidence_of(drawn).text
    assert drawn.entry_chance == pytest.approx(1 / (done.models[0]["subjects"] - newest.count() + 1))
    assert set(newest.exclude(pk=drawn.pk).values_list("lot_chance", flat=True)) == {0.1}
    assert sum(one["new"] for one in night.score_over(history).models) == 0


def test_verdicts_measure_teach_and_weigh(history, inspector, monkeypatch):
    """Every other claim of five months is confirmed: figures of later months, two learnt models, a calibration."""
    from yidang.oversight.findings import Found, record_findings, start_run
    from yidang.oversight.scores.features import folder_opened, lay_month, months_of, table_of

    monkeypatch.setattr(night, "levels", lambda: (level_of("claim"),))
    run = start_run()
    with folder_opened(history) as duck:
        months = months_of(duck)[-6:-1]
        for month in months:
            lay_month(duck, history, month)
            table = table_of(duck, level_of("claim"), month)
            dear = table.column("total") > 60
            doubts = [
                Found(rule="18", rule_version="1", text="查", claim=int(claim), month=month, amount_fen=100)
                for claim in table.about["claim"][:60]
            ]
            record_findings(run, doubts)
            expensive = {int(claim) for claim in table.about["claim"][dear]}
            waiting = Finding.objects.filter(month=month, state=FindingState.OPEN)
            said = {"decided_by": inspector.person, "decided_at": now()}
            waiting.filter(claim__in=expensive).update(state=FindingState.CONFIRMED, **said)
            waiting.update(state=FindingState.REFUSED, **said)
    night.score_over(history)
    learnt = ScoreModel.objects.filter(level="claim").exclude(kind__in=["forest", "copod"])
    assert {one.kind for one in learnt} == {"lightgbm", "logistic"}
    for one in learnt:
        assert one.trained_on >= 200
        assert (one.window_until, one.state) == (months[-1], ModelState.SHADOW)
        assert one.calibration["kind"] == "isotonic"
        assert len(one.data_digest) == len(one.body_digest) == 64
    assert len({one.data_digest for one in learnt}) == 1
    doubt = Finding.objects.filter(rule=learnt.get(kind="lightgbm").code).first()
    assert evidence_of(doubt).facts["chance"] is not None
    assert "未校准" not in evidence_of(doubt).text
    night.score_over(history)
    assert learnt.count() == 2  # once a month
    ScoreModel.objects.filter(kind="logistic").update(body="{}")
    with pytest.raises(Conflict):
        night.score_over(history)
