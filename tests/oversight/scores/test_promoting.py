"""A model is heard by the word of two, while no figure falls; a page tells what it is worth."""

import pytest
from django.test import Client

from people import employ
from yidang.identity.factors import HAS_PROVED
from yidang.identity.policy import grant_for
from yidang.kernel.errors import Conflict, DomainError, NotAllowed
from yidang.ledger.models import LedgerEntry
from yidang.oversight.findings import Found, record_findings, start_run
from yidang.oversight.models import Finding, ModelState, ScoreModel
from yidang.oversight.scores.levels import level_of
from yidang.oversight.scores.promoting import propose_promotion, propose_retirement
from yidang.oversight.scores.registry import ensure_unlearnt, enter
from yidang.workflow.operations import approve

from .test_rules import figures, month

CLAIM = level_of("claim")


def entered(february=None) -> ScoreModel:
    """Knows January and is measured, if at all, on February."""
    made = enter(CLAIM, kind="logistic", window=("2026-01", "2026-01"), seed=1)
    made.metrics = {"training": {}, "months": {"2026-02": february} if february else {}}
    made.save()
    return made


def heard(made, inspector, signer) -> ScoreModel:
    approval = propose_promotion(grant=inspector, model_id=made.id, reason="指标更好")
    approve(grant=signer, approval_id=approval.id, second_factor_fresh=True)
    made.refresh_from_db()
    return made


def test_two_persons_let_a_model_be_heard_and_the_former_retires(inspector, signer):
    first = heard(entered(month()), inspector, signer)
    assert (first.state, str(first.promoted_by_id)) == (ModelState.ACTIVE, signer.actor)
    second = heard(entered(month(figures(0.6, 0.5))), inspector, signer)
    first.refresh_from_db()
    assert (first.state, second.state) == (ModelState.RETIRED, ModelState.ACTIVE)
    assert LedgerEntry.objects.filter(action="model.promoted").count() == 2
    with pytest.raises(Conflict):
        propose_promotion(grant=inspector, model_id=second.id, reason="再次")
    word = propose_retirement(grant=inspector, model_id=second.id, reason="不再准确")
    second.refresh_from_db()
    assert second.state == ModelState.ACTIVE
    approve(grant=signer, approval_id=word.id, second_factor_fresh=True)
    second.refresh_from_db()
    assert second.state == ModelState.RETIRED


def test_doubts_of_its_trial_come_to_the_desk_with_it_and_leave_with_it(inspector, signer):
    made = entered(month())
    run = start_run(engine="models")
    told = {"rule": made.code, "rule_version": "logistic", "text": "偏离", "is_model": True, "probability": None}
    record_findings(run, [Found(**told, claim=n, month=f"2026-0{n}", lines=[], is_shadow=True) for n in (1, 2, 3)])
    heard(made, inspector, signer)
    assert states_of(made) == ["shadow", "open", "open"]
    assert not Finding.objects.exclude(probability=None).exists()
    word = propose_retirement(grant=inspector, model_id=made.id, reason="停用")
    approve(grant=signer, approval_id=word.id, second_factor_fresh=True)
    assert states_of(made) == ["shadow"] * 3


def states_of(made):
    return list(Finding.objects.filter(rule=made.code).order_by("month").values_list("state", flat=True))


def test_a_model_that_falls_or_was_never_measured_is_refused(inspector, signer):
    heard(entered(month(groups={"3": figures()})), inspector, signer)
    worse = entered(month(figures(0.9, 0.9), groups={"3": figures(0.4, 0.9)}))
    with pytest.raises(Conflict) as refused:
        propose_promotion(grant=inspector, model_id=worse.id, reason="总体更好")
    assert refused.value.code == "model_falls_behind"
    assert "AP@3" in refused.value.facts["falls"]
    with pytest.raises(Conflict) as unknown:
        propose_promotion(grant=inspector, model_id=entered().id, reason="新")
    assert unknown.value.code == "model_not_measured"


def test_figures_that_fell_while_it_was_asked_stop_the_second_word(inspector, signer):
    made = entered(month())
    approval = propose_promotion(grant=inspector, model_id=made.id, reason="更好")
    made.metrics = {"months": {"2026-02": month(figures(0.1, 0.1))}}
    made.save()
    with pytest.raises(DomainError):
        approve(grant=signer, approval_id=approval.id, second_factor_fresh=True)
    made.refresh_from_db()
    assert made.state == ModelState.SHADOW


def test_only_who_tunes_may_ask(db):
    with pytest.raises(NotAllowed):
        propose_promotion(grant=grant_for(employ("dangan", "archivist")), model_id=entered().id, reason="x")


def test_models_of_other_features_and_the_eldest_on_trial_retire(db):
    made = [entered() for _ in range(4)]
    made[0].refresh_from_db()
    assert made[0].state == ModelState.RETIRED
    ScoreModel.objects.filter(pk=made[1].pk).update(features=["gone"])
    ensure_unlearnt(CLAIM, "2026-01")
    made[1].refresh_from_db()
    assert made[1].state == ModelState.RETIRED
    assert ScoreModel.objects.filter(kind="forest", state=ModelState.SHADOW).count() == 1


def test_the_pages_show_figures_and_take_the_question(db, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": plain}
    client = Client()
    client.force_login(employ("jihe", "inspector"))
    session = client.session
    session[HAS_PROVED] = True
    session.save()
    told = month(groups={"3": figures()}) | {"baseline_groups": {"3": figures(0.1, 0.1)}, "bins": [[0.5, 0.4, 3.0]]}
    made = entered(told | {"brier": 0.2, "ece": 0.1})
    assert f">M{made.number}</a>" in client.get("/oversight/models/").content.decode()
    address = f"/oversight/models/{made.id}/"
    page = client.get(address).content.decode()
    assert "未校准" in page
    assert "总体和各分组指标均未下降" in page
    assert client.post(f"{address}promotion/", {"reason": "更好"}).status_code == 302
    assert client.post(f"{address}promotion/", {"reason": "更好"}).status_code == 409
    assert "等待" in client.get(address).content.decode()
    assert client.post(f"{address}retirement/", {"reason": "停用"}).status_code == 409
