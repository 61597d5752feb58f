"""What a decision of inspection asks of the credit administrators: to enter points, to take them back."""

from dataclasses import replace
from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.urls import reverse

from people import CLINIC
from yidang.credit import appealing
from yidang.credit.models import Deduction
from yidang.identity.institutions import register_institution
from yidang.identity.policy import system_grant
from yidang.oversight.ports import Decided
from yidang.site.credit import Offers
from yidang.workflow.models import Notice, Task

from .conftest import DOCTOR, LIGHT
from .test_pages import at  # noqa: F401 - a fixture

OTHER = "N990100000002"


@pytest.fixture
def decided(bureau):
    return Decided(
        case="JH2026-41",
        case_id=uuid4(),
        provider=CLINIC,
        behaviour=LIGHT,
        article="第十五条",
        staff=(DOCTOR, OTHER),
        decided_on=date(2026, 3, 2),
    )


def waiting(kind):
    return list(Task.objects.filter(kind=kind, closed_at=None).order_by("opened_at"))


def test_the_offer_opens_the_form_filled_as_far_as_the_wall_lets(decided, at):  # noqa: F811 - the fixture
    register_institution(grant=system_grant("test"), code=CLINIC, name="测试县医院")
    Offers().offer(decided)
    first, second = waiting("score_offered")
    given = {key: one for key, (one,) in parse_qs(urlsplit(first.subject_url).query).items()}
    assert given.keys() == {
        *("code", "profession", "provider", "against", "behaviour", "year", "serial", "effective_on", "offer")
    }
    assert (given["year"], given["serial"], given["effective_on"]) == ("2026", "41", "2026-03-02")
    assert "profession=nurse" in second.subject_url
    page = at("xinyong").get(first.subject_url).content.decode()
    assert f'name="code" pattern="[A-Z][0-9]{{12}}" maxlength="13" value="{DOCTOR}"' in page
    assert 'id="against-name">测试县医院<' in page


def test_entering_answers_the_offer_of_that_person_alone(decided, at):  # noqa: F811 - the fixture
    Offers().offer(decided)
    first, second = waiting("score_offered")
    form = {key: one for key, (one,) in parse_qs(urlsplit(first.subject_url).query).items()}
    form |= {"issuer": "990100", "series": "agreement", "responsibility": "main"}
    answer = at("xinyong").post(reverse("credit:enter_deduction"), form)
    assert answer.status_code == 302
    assert waiting("score_offered") == [second]


def test_nothing_is_to_be_taken_back_where_nothing_was_entered(decided, bureau):
    Offers().offer(decided)
    bureau.score(LIGHT, serial=7, on=date(2026, 2, 1))  # by another decision, before
    Offers().fallen(decided)
    assert waiting("score_offered") == []
    assert waiting("score_fallen") == []


@pytest.mark.parametrize("serial", [41, 7])
def test_what_stands_on_it_is_led_to_until_it_is_withdrawn(decided, bureau, serial):
    """By the number of the case, or by a letterhead's own."""
    row = bureau.score(LIGHT, serial=serial)
    Offers().fallen(decided)
    (task,) = waiting("score_fallen")
    assert task.subject_url == reverse("credit:card", args=[row.subject_id])
    asked = appealing.file_appeal(grant=bureau.admin, what="deduction", row_id=row.pk, ground="overturned")
    bureau.agree("appeal", appealing.prepare_outcome(grant=bureau.admin, appeal_id=asked.pk, outcome="upheld"))
    assert waiting("score_fallen") == []


def test_points_of_others_and_elsewhere_do_not_stand_on_it(decided, bureau):
    bureau.score(LIGHT)
    Offers().fallen(replace(decided, staff=(OTHER,)))
    Offers().fallen(replace(decided, provider="H99010000001"))
    assert waiting("score_fallen") == []


def test_what_still_waits_is_told_to_whoever_was_about_to_agree(decided, bureau):
    from yidang.credit import deciding

    row = bureau.enter(LIGHT)
    Offers().fallen(decided)
    assert {one.subject_url for one in waiting("score_fallen")} == {
        reverse("credit:card", args=[row.subject_id]),
        reverse("credit:to_decide"),
    }
    assert isinstance(deciding.decide(grant=bureau.signer, what="deduction", row_id=row.pk, agree=False), Deduction)
    assert waiting("score_fallen") == []


def test_of_a_part_that_fell_those_who_score_are_told_and_nothing_is_taken_from_them(decided, bureau):
    Offers().offer(decided)
    row = bureau.score(LIGHT)
    Offers().fallen(decided, in_part=True)
    told = Notice.objects.filter(kind="score_partly_fallen")
    assert {(one.recipient_id, one.subject_url, one.facts["number"]) for one in told} == {
        (bureau.admin.staff_id, reverse("credit:card", args=[row.subject_id]), "JH2026-41")
    }
    assert len(waiting("score_offered")) == len(decided.staff)
    assert waiting("score_fallen") == []


def test_the_division_of_the_newest_decision_is_offered_for_the_next(bureau, at):  # noqa: F811 - the fixture
    desk, form = at("xinyong"), reverse("credit:enter_deduction")
    assert 'inputmode="numeric" value="" required' in desk.get(form).content.decode()
    bureau.score(LIGHT)
    assert 'inputmode="numeric" value="990100" required' in desk.get(form).content.decode()


def test_institutions_are_called_by_name_wherever_their_code_stands(bureau, at):  # noqa: F811 - the fixture
    register_institution(grant=system_grant("test"), code=CLINIC, name="测试县医院")
    row = bureau.enter(LIGHT)
    pages = [
        at("jiheqian").get(reverse("credit:to_decide")),
        at("xinyong").get(reverse("credit:card", args=[row.subject_id])),
        at("xinyong").get(reverse("credit:archives")),
        at("jigou").get(reverse("credit:own")),
    ]
    assert all("测试县医院" in page.content.decode() for page in pages)
