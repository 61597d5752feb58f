"""From a decision to a claim that stops: two persons, thresholds, appeals, repairs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection

from people import CLINIC, employ
from yidang.claims.history import connect
from yidang.claims.models import Enrolee
from yidang.credit import appealing, asking, deciding, standing
from yidang.credit.audit import verify_credit
from yidang.credit.door import opened
from yidang.credit.models import Measure
from yidang.credit.tasks import publish
from yidang.crypto.fields import blind_index
from yidang.identity.appointing import give_post
from yidang.identity.policy import grant_for
from yidang.identity.reach import as_owner
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound

from .conftest import DOCTOR, FRAUD, HEAVY, ID_NUMBER, LIGHT, PERSONAL, RULING


def status(on=None):
    return standing.of_practitioner(DOCTOR, on)


def test_nothing_counts_before_a_second_person_agrees(bureau):
    row = bureau.enter()
    assert status().points == 0
    with pytest.raises(NotAllowed):
        deciding.decide(grant=bureau.admin, what="deduction", row_id=row.pk, agree=True)
    bureau.agree("deduction", row)
    assert (status().points, status().stops()) == (3, False)
    with pytest.raises(Conflict, match="credit_decided"):
        bureau.agree("deduction", row)


def test_whoever_entered_it_never_decides_it_with_whatever_post(bureau):
    both = employ("both", "credit_admin")
    bureau.admin = grant_for(both)
    row = bureau.enter()
    give_post(both, role="decision_signer", department=None, since=date(2020, 1, 1), actor="system:test")
    with pytest.raises(NotAllowed, match="credit_second_person"):
        deciding.decide(grant=grant_for(both), what="deduction", row_id=row.pk, agree=True)


def test_a_behaviour_nobody_confirmed_scores_nobody(bureau):
    with pytest.raises(Conflict, match="credit_term_unverified"):
        bureau.enter("A15-4")


def test_nine_points_suspend_for_the_months_decided(bureau):
    bureau.score(HEAVY, serial=1)
    with pytest.raises(Conflict, match="credit_months"):
        bureau.enter(LIGHT, serial=2)
    bureau.score(LIGHT, serial=2, months=2)
    assert (status().points, status().status) == (9, "suspended")
    assert status().stops()
    assert not status().stops(is_emergency=True)
    assert not standing.of_practitioner(DOCTOR, status().until).stops()


def test_twelve_at_once_end_for_three_years_and_in_sum_for_one(bureau):
    bureau.score(FRAUD)
    assert (status().until.year - status().since.year, status().status) == (3, "terminated")
    other = "N990100000002"
    bureau.score(HEAVY, serial=2, code=other)
    bureau.score(HEAVY, serial=3, code=other)
    found = standing.of_practitioner(other)
    assert (found.points, found.until.year - found.since.year) == (12, 1)
    assert found.stops(is_emergency=True)


def test_an_upheld_appeal_takes_points_and_measure_back(bureau):
    row = bureau.score(FRAUD)
    appeal = appealing.file_appeal(grant=bureau.clerk, what="deduction", row_id=row.pk, ground="facts")
    with pytest.raises(Conflict, match="credit_appealed"):
        appealing.file_appeal(grant=bureau.clerk, what="deduction", row_id=row.pk, ground="facts")
    with pytest.raises(Conflict, match="credit_decided"):
        bureau.agree("appeal", appeal)
    appealing.prepare_outcome(grant=bureau.admin, appeal_id=appeal.pk, outcome="upheld")
    assert status().stops()
    bureau.agree("appeal", appeal)
    assert (status().points, status().stops()) == (0, False)
    assert verify_credit() == []


def test_a_rejected_appeal_changes_nothing(bureau):
    row = bureau.score(FRAUD)
    appeal = appealing.file_appeal(grant=bureau.clerk, what="deduction", row_id=row.pk, ground="points")
    appealing.prepare_outcome(grant=bureau.admin, appeal_id=appeal.pk, outcome="rejected")
    bureau.agree("appeal", appeal)
    assert status().stops()


def test_what_stood_on_the_points_taken_back_falls_with_them(bureau):
    first = bureau.score(HEAVY, serial=1)
    bureau.score(LIGHT, serial=2, months=2)
    appeal = appealing.file_appeal(grant=bureau.clerk, what="deduction", row_id=first.pk, ground="facts")
    appealing.prepare_outcome(grant=bureau.admin, appeal_id=appeal.pk, outcome="upheld")
    bureau.agree("appeal", appeal)
    assert (status().points, status().stops()) == (3, False)


def test_another_institution_s_clerk_finds_nothing_to_appeal_against(bureau):
    row = bureau.score()
    stranger = bureau.clerk.__class__(
        **{
            name: getattr(bureau.clerk, name) for name in ("staff_id", "username", "role", "permissions", "departments")
        },
        institutions=frozenset({"H99010000777"}),
    )
    with pytest.raises(NotFound):
        appealing.file_appeal(grant=stranger, what="deduction", row_id=row.pk, ground="facts")


def test_after_ten_working_days_it_is_too_late(bureau, monkeypatch):
    row = bureau.score()
    last = appealing.appeal_until(row.served_on)
    monkeypatch.setattr(appealing, "today", lambda: last.replace(year=last.year + 1))
    with pytest.raises(Conflict, match="credit_appeal_late"):
        appealing.file_appeal(grant=bureau.clerk, what="deduction", row_id=row.pk, ground="facts")


def test_repairs_give_back_no_more_than_was_taken_and_lift_nothing(bureau):
    day = date(2026, 3, 20)
    bureau.score(HEAVY, serial=1)
    row = bureau.score(LIGHT, serial=2, months=6)
    for _ in range(4):
        bureau.agree(
            "repair",
            asking.enter_repair(grant=bureau.admin, subject_id=row.subject_id, activity="training", done_on=day),
        )
    assert (status().points, status().status) == (5, "suspended")
    with pytest.raises(Conflict, match="credit_repair_exhausted"):
        asking.enter_repair(grant=bureau.admin, subject_id=row.subject_id, activity="exam", done_on=day)


def test_the_year_s_points_begin_at_nothing_and_a_measure_runs_on(bureau):
    bureau.score(FRAUD)
    new_year = date(2027, 1, 1)
    assert status(new_year).points == 0
    assert status(new_year).stops()


def test_a_person_is_suspended_by_decision_alone(bureau):
    with pytest.raises(Conflict, match="credit_months"):
        bureau.suspend_person(months=2)
    bureau.suspend_person(months=3)
    found = standing.of_person(ID_NUMBER)
    assert (found.status, found.points) == ("network", 0)
    assert not standing.of_person(ID_NUMBER, found.until).stops()
    assert not standing.of_person("110101199003070134").stops()


def test_a_claim_asks_by_its_pseudonym_even_when_persons_were_joined(bureau):
    index = blind_index("id_number", ID_NUMBER)
    kept = Enrolee.objects.create(person=5, id_index=index, updated_at=clock.now())
    Enrolee.objects.create(person=6, merged_into=kept, updated_at=clock.now())
    bureau.suspend_person(months=3)
    assert standing.of_person(5).stops()
    assert standing.of_person(6).stops()
    assert not standing.of_person(7).stops()


def test_points_follow_no_decision_on_a_person_and_measures_none_on_an_institution(bureau):
    with pytest.raises(Invalid, match="credit_series"):
        asking.enter_deduction(
            grant=bureau.admin,
            ruling=PERSONAL,
            code=DOCTOR,
            profession="doctor",
            provider=CLINIC,
            behaviour=LIGHT,
            responsibility="main",
        )
    with pytest.raises(Invalid, match="credit_series"):
        asking.enter_measure(grant=bureau.admin, ruling=RULING, id_number=ID_NUMBER, behaviour="A41-3", months=3)


def test_the_chain_and_the_rows_name_what_was_changed(bureau):
    bureau.score(FRAUD)
    assert verify_credit() == []
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE credit.deduction SET points = 1")
        cursor.execute("UPDATE credit.log SET action = 'card.shown' WHERE position = 3")
    codes = {one.code for one in verify_credit()}
    assert {"credit_row_changed", "credit_chain_broken"} <= codes
    with opened():
        assert Measure.objects.count() == 1


def test_who_is_suspended_is_published_for_those_who_look_at_what_was_served(bureau, settings, tmp_path):
    settings.YIDANG = replace(settings.YIDANG, home=tmp_path)
    publish()
    bureau.score(HEAVY, serial=1)
    bureau.score(LIGHT, serial=2, months=2)
    publish()
    with connect(threads=1) as db:
        (row,) = db.execute("SELECT * FROM suspensions").fetchall()
    assert row == (DOCTOR, status().since, status().until - timedelta(days=1))


def test_points_of_persons_are_local_and_off_until_two_confirmed_them(bureau):
    given = {"grant": bureau.admin, "ruling": PERSONAL, "id_number": ID_NUMBER, "behaviour": "A41-3"}
    with pytest.raises(Conflict, match="credit_term_unverified"):
        asking.enter_person_points(**given)
    bureau.confirm("rule:person_points")
    with pytest.raises(Conflict, match="credit_term_unverified"):
        asking.enter_person_points(**given)
    bureau.confirm("points:A41-3")
    row = asking.enter_person_points(**given)
    assert row.is_local
    bureau.agree("deduction", row)
    found = standing.of_person(ID_NUMBER)
    assert (found.points, found.stops()) == (6, False)
    with opened():
        assert not Measure.objects.exists()
    ending = asking.enter_end_of_confirmation(grant=bureau.admin, term="rule:person_points")
    with pytest.raises(Conflict, match="credit_term_not_here"):
        asking.enter_end_of_confirmation(grant=bureau.admin, term="rule:person_points")
    bureau.agree("confirmation", ending)
    with pytest.raises(Conflict, match="credit_term_unverified"):
        asking.enter_person_points(**(given | {"ruling": replace(PERSONAL, serial=8)}))
    assert standing.of_person(ID_NUMBER).points == 6
    bureau.confirm("rule:person_points")
    assert verify_credit() == []


def test_points_fall_with_their_decision_at_any_time(bureau, on_day):
    row = bureau.score(LIGHT, serial=3)
    on_day(row.served_on + timedelta(days=60))
    with pytest.raises(Invalid):
        appealing.file_appeal(grant=bureau.clerk, what="deduction", row_id=row.pk, ground="overturned")
    filed = appealing.file_appeal(grant=bureau.admin, what="deduction", row_id=row.pk, ground="overturned")
    bureau.agree("appeal", appealing.prepare_outcome(grant=bureau.admin, appeal_id=filed.pk, outcome="upheld"))
    assert standing.of_practitioner(DOCTOR).points == 0
    assert verify_credit() == []
