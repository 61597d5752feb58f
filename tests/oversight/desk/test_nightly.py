"""Rules over a small history: what they doubt stands on the desk, once however often the night comes."""

from datetime import timedelta

import pytest

from yidang.kernel.clock import now
from yidang.oversight import nightly
from yidang.oversight.desk.evidence import evidence_of
from yidang.oversight.findings import start_run
from yidang.oversight.models import Finding, FindingLine, Run


@pytest.fixture(scope="module")
def history(tmp_path_factory):
    from yidang.claims.generator.making import generate

    out = tmp_path_factory.mktemp("claims")
    generate(lines=800, seed=7, out=out, workers=1)
    return out


def test_a_night_is_recorded_once(history, db):
    first = nightly.run_over(history)
    assert first.new > 20
    assert nightly.run_over(history) == (0, first.new)
    run = Run.objects.order_by("number").first()
    assert run.findings == first.new == Finding.objects.count()
    assert run.claims > 50
    counted = FindingLine.objects.filter(counted_fen__gt=0).values_list("line", flat=True)
    assert len(counted) == len(set(counted))
    texts = [evidence_of(one).text for one in Finding.objects.all()]
    assert all(texts)
    assert not [text for text in texts if "{" in text]


def test_it_is_due_at_night_and_where_nothing_was_looked_at(history, db, monkeypatch):
    monkeypatch.setattr(nightly, "history", lambda: history)
    assert nightly.is_due()
    run = start_run()
    assert not nightly.is_due()
    Run.objects.filter(pk=run.pk).update(started_at=now() - timedelta(days=1))
    monkeypatch.setattr(nightly, "_HOURS", range(24))
    assert nightly.is_due()


def test_a_sentence_never_fails_for_a_missing_word():
    assert nightly.explained("{name}收费{n:.1f}元", {"n": "三"}) == "{name}收费{n:.1f}元"
    assert nightly.explained("{name}收费{n:.1f}元", {"n": 3}) == "–收费3.0元"


def test_a_sentence_says_codes_in_words():
    told = {
        "name": "甲药",
        "sex": 2,
        "allowed_sex": 1,
        "visit": "outpatient",
        "scheme": "310",
        "so_far": 2.0,
        "most": None,
    }
    said = nightly.explained("{name}限{allowed_sex}性,为{sex};{visit},{scheme};{so_far},{most}", told)
    assert said == "甲药限男性,为女;门诊,职工基本医疗保险;2,–"
    assert nightly.explained("{absent_for}{counted_in}", {"absent_for": "prison", "counted_in": "age"}) == "服刑周岁"
