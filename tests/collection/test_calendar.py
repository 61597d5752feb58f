"""Submissions come due, what came meets them, who is late hears of it and is chased."""

from datetime import date, timedelta

import pytest

from yidang.collection import holidays as days
from yidang.collection import institutions, letters, obligations, overdue, receiving, reminding, requirements
from yidang.collection.models import Letter, Obligation, Receipt
from yidang.collection.requirements import Wanted
from yidang.collection.rules import Every, Recurrence
from yidang.kernel import clock
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.ledger.models import LedgerEntry
from yidang.workflow.models import Delivery, Notice, Task
from yidang.workflow.outbox_models import Channel
from yidang.workflow.sending import message_of

from .conftest import FILES, HOSPITAL, words

State = Obligation.State


def wanted(**changed) -> Wanted:
    told = {
        "title": "月度住院费用清单",
        "series": "DYJS",
        "recurrence": Recurrence(Every.MONTH, 10),
        "starts_on": date(2026, 9, 1),
        "ends_on": None,
        "institutions": [HOSPITAL],
        "sections": [],
    }
    return Wanted(**(told | changed))


@pytest.fixture
def on(monkeypatch):
    """Holds the bureau's date still."""

    def stand(day: date) -> None:
        for module in (clock, obligations, reminding, letters, overdue):
            if hasattr(module, "today"):
                monkeypatch.setattr(module, "today", lambda: day)

    stand(date(2026, 11, 22))
    return stand


@pytest.fixture
def monthly(bureau, hospital, on):
    made = requirements.keep_requirement(bureau.archivist, wanted())
    obligations.generate()
    return made


def of(period: str) -> Obligation:
    return Obligation.objects.get(period=period)


def test_what_is_owed_is_generated_two_months_ahead_and_once(monthly):
    assert [one.period for one in Obligation.objects.order_by("first_day")] == [
        "2026-09",
        "2026-10",
        "2026-11",
        "2026-12",
        "2027-01",
    ]
    assert of("2026-09").due_on == date(2026, 10, 10), "a Saturday that is worked"
    assert obligations.generate() == 0


def test_a_holiday_entered_later_moves_what_is_open(monthly, bureau):
    due = of("2026-11").due_on
    days.keep_holiday(bureau.archivist, day=due, is_working=False, source="放假通知〔2026〕1号")
    obligations.generate()
    assert of("2026-11").due_on == due + timedelta(days=1)


def test_ending_takes_away_what_begins_later(monthly, bureau):
    requirements.end_requirement(bureau.archivist, requirement_id=monthly.pk, last_day=date(2026, 11, 30))
    assert Obligation.objects.latest("first_day").period == "2026-11"
    obligations.generate()
    assert Obligation.objects.count() == 3


def test_what_a_system_files_meets_what_its_institution_owes(monthly, caller):
    told = caller.post(words(closed_on="2026-10-18"), FILES).json()
    receiving.match_changes()

    receipt = Receipt.objects.get()
    assert (receipt.obligation.period, receipt.accession.number) == ("2026-10", told["accession"])
    assert of("2026-10").state == State.MET
    assert of("2026-09").state == State.OPEN
    assert receiving.match_changes() == 0, "the same record counts once"


def test_before_its_period_is_over_a_submission_is_a_part(monthly, caller):
    caller.post(words(closed_on="2026-11-18"), FILES)
    receiving.match_changes()
    assert of("2026-11").state == State.PARTIAL


def test_another_institution_meets_nothing(monthly, caller, bureau):
    institutions.keep_institution(bureau.archivist, code="H33010600002", name="乙院", kind="hospital", contact={})
    caller.post(words(closed_on="2026-10-18", institution="H33010600002"), FILES)
    receiving.match_changes()
    assert not Receipt.objects.exists()


def test_a_person_enters_a_part_and_then_the_rest(monthly, caller, bureau):
    number = caller.post(words(closed_on="2026-01-18"), FILES).json()["accession"]
    other = caller.post(words(case_number="2", closed_on="2026-01-19", materials=[paper()]), {}).json()["accession"]
    one = of("2026-09")
    receiving.receive_by_hand(bureau.archivist, obligation_id=one.pk, accession_number=number, is_whole=False)
    assert of("2026-09").state == State.PARTIAL
    receiving.receive_by_hand(bureau.archivist, obligation_id=one.pk, accession_number=other, is_whole=True)
    assert of("2026-09").state == State.MET
    with pytest.raises(Conflict):
        receiving.receive_by_hand(bureau.archivist, obligation_id=one.pk, accession_number=number, is_whole=True)


def paper() -> dict:
    return {"name": "收费票据", "carrier": "paper"}


def test_waiving_wants_a_reason_and_the_right(monthly, bureau):
    one = of("2026-09")
    with pytest.raises(Invalid):
        obligations.waive(bureau.archivist, obligation_id=one.pk, reason=" ")
    with pytest.raises(NotAllowed):
        obligations.waive(bureau.clerk, obligation_id=one.pk, reason="x")
    waived = obligations.waive(bureau.archivist, obligation_id=one.pk, reason="该院九月停业")
    assert obligations.reason_of(waived) == "该院九月停业"
    assert "停业".encode() not in bytes(waived.sealed_reason)


def test_reminders_reach_the_house_and_the_institution_once_a_day(monthly, bureau):
    institutions.set_channel(bureau.archivist, code=HOSPITAL, channel=Channel.EMAIL, target="fees@hospital.example")
    assert reminding.remind() == 2, "the two that are late"
    assert reminding.remind() == 0

    kinds = set(Notice.objects.values_list("kind", flat=True))
    assert kinds == {"submission_due_late"}
    told = Delivery.objects.filter(address__party=f"institution:{HOSPITAL}")
    assert told.count() == 2
    message = message_of(told.first())
    assert "逾期" in message.text
    assert message.link == "", "an institution has no account to follow a link with"


def test_before_the_day_the_word_is_another(monthly, on):
    Obligation.objects.filter(period__in=["2026-09", "2026-10"]).update(state=State.MET)
    on(date(2026, 12, 7))
    assert reminding.remind() == 1
    assert set(Notice.objects.values_list("kind", flat=True)) == {"submission_due"}


def test_the_board_names_who_is_late_and_how_long(monthly, bureau):
    (debtor,) = overdue.board(bureau.archivist)
    assert debtor.institution.name == "某县人民医院"
    assert [one.period for one in debtor.late] == ["2026-09", "2026-10"]
    assert debtor.days == (date(2026, 11, 22) - date(2026, 10, 10)).days
    assert not overdue.board(bureau.archivist, kind="pharmacy")
    assert len(overdue.board(bureau.archivist, days=20)[0].late) == 1


def test_a_letter_goes_by_mail_with_the_paper_enclosed(monthly, bureau):
    institutions.set_channel(bureau.archivist, code=HOSPITAL, channel=Channel.EMAIL, target="fees@hospital.example")
    letter = letters.issue(bureau.archivist, institution=HOSPITAL)

    assert letter.way == "mail"
    delivery = Delivery.objects.get(kind="chase_letter")
    enclosed = message_of(delivery).enclosure
    assert (enclosed.name, enclosed.data[:5]) == (f"{letter.name}.pdf", b"%PDF-")
    assert "王某".encode() not in bytes(letter.sealed)
    assert letters.words_of(letter)["person"] == "王某"
    facts = LedgerEntry.objects.get(action="letter.issued")
    assert "王某".encode() not in bytes(facts.entry)


def test_an_unanswered_letter_is_followed_and_paper_asks_for_hands(monthly, bureau, on):
    first = letters.issue(bureau.archivist, institution=HOSPITAL, answer_days=7)
    assert first.way == "print"
    assert letters.chase_again() == 0
    on(date(2026, 12, 1))
    assert letters.chase_again() == 1
    second = Letter.objects.get(round=2)
    assert Letter.objects.get(round=1).followed_by == second
    assert Task.objects.get(kind="chase_again").number == second.name
    assert letters.chase_again() == 0


def test_a_letter_is_answered_when_all_it_asked_for_came(monthly, bureau):
    letter = letters.issue(bureau.archivist, institution=HOSPITAL)
    for one in obligations.overdue(bureau.archivist):
        obligations.waive(bureau.archivist, obligation_id=one.pk, reason="已说明")
    letter.refresh_from_db()
    assert letter.is_answered


def test_nobody_is_chased_for_nothing_or_for_another(monthly, bureau):
    with pytest.raises(Conflict):
        letters.issue(bureau.archivist, section="dyg", obligations=[of("2026-09").pk])
    with pytest.raises(Invalid):
        letters.issue(bureau.archivist, section="dyg")
    with pytest.raises(NotAllowed):
        letters.issue(bureau.clerk, institution=HOSPITAL)


def test_a_code_that_is_none_is_refused(bureau):
    with pytest.raises(Invalid):
        institutions.keep_institution(bureau.archivist, code="H123", name="x", kind="hospital", contact={})


def test_the_contact_is_sealed(hospital):
    assert b"13800001234" not in bytes(hospital.sealed_contact)
    assert institutions.contact_of(hospital)["phone"] == "13800001234"
    assert today()
