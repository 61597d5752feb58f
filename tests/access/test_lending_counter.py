"""Paper handed over, called for and taken back."""

from datetime import timedelta

import pytest

from yidang.access.lending.asking import ask_loan
from yidang.access.lending.counter import chase_loan, hand_over_loan, overdue, take_back_loan
from yidang.access.lending.models import Loan, LoanState
from yidang.access.lending.opening import end_due
from yidang.access.lending.ports import _NoStore, store, use_store
from yidang.access.lending.words import notes_of
from yidang.holdings.models import Hold
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.workflow.deadlines import remind_due
from yidang.workflow.models import Deadline, Notice, Task

from .lending_people import agreed, asked, crew, foreign_record, wish

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(scheme):
    return crew()


@pytest.fixture
def record(scheme):
    return foreign_record()


@pytest.fixture
def ready(people, record):
    return agreed(people, asked(people, record, form="out", hours=24), "section", "head")


@pytest.fixture
def out(people, ready):
    return hand_over_loan(people.grant("storekeeper"), loan_id=ready.id, condition="intact")


@pytest.fixture
def carried():
    """Who the storeroom was asked to carry what for."""
    moves: list[str] = []

    class Store(_NoStore):
        def take_out(self, *_, item_id, **__):
            moves.append(f"out {item_id}")

        def put_back(self, *_, item_id):
            moves.append(f"back {item_id}")

    wired = store()
    use_store(Store())
    yield moves
    use_store(wired)


def late(loan):
    Loan.objects.filter(pk=loan.pk).update(until=clock.now() - timedelta(days=2))
    Deadline.objects.filter(subject=loan.id).update(
        due_on=clock.today() - timedelta(days=2), next_on=clock.today() - timedelta(days=1)
    )


def test_it_goes_over_the_counter_and_comes_back(people, record, ready, carried):
    gone = hand_over_loan(people.grant("storekeeper"), loan_id=ready.id, condition="worn", note="封面磨损")
    assert gone.state == LoanState.OUT
    assert Hold.objects.filter(item=record, reason_code="loan").count() == 1
    back = take_back_loan(people.grant("storekeeper"), loan_id=ready.id, condition="intact", note="无误")
    assert (back.state, notes_of(back)) == (LoanState.OVER, {"out": "封面磨损", "back": "无误"})
    assert not Hold.objects.filter(item=record).exists()
    assert carried == [f"out {record.pk}", f"back {record.pk}"]
    assert not Deadline.objects.filter(subject=ready.id, kind="loan_due", met_at__isnull=True).exists()


def test_before_the_agreements_nothing_goes_out(people, record):
    loan = agreed(people, asked(people, record, form="out"), "section")
    with pytest.raises(Conflict, match="loan_step_wrong"):
        hand_over_loan(people.grant("storekeeper"), loan_id=loan.id, condition="intact")


def test_who_is_not_at_the_counter_hands_nothing_over(people, ready):
    for name in ("borrower", "section", "head"):
        with pytest.raises(NotAllowed, match="not_allowed"):
            hand_over_loan(people.grant(name), loan_id=ready.id, condition="intact")


def test_nobody_hands_paper_to_themselves(people, record):
    loan = ask_loan(people.grant("archivist"), wish=wish(record.reference_code, form="room"))
    agreed(people, loan, "section")
    with pytest.raises(NotAllowed, match="loan_own"):
        hand_over_loan(people.grant("archivist"), loan_id=loan.id, condition="intact")


def test_one_paper_is_in_one_hand(people, record, out):
    second = agreed(people, asked(people, record, form="room"), "section")
    with pytest.raises(Conflict, match="loan_item_out"):
        hand_over_loan(people.grant("storekeeper"), loan_id=second.id, condition="intact")


def test_damage_is_described_and_looked_after(people, out):
    with pytest.raises(Invalid, match="loan_note_missing"):
        take_back_loan(people.grant("storekeeper"), loan_id=out.id, condition="incomplete")
    take_back_loan(people.grant("storekeeper"), loan_id=out.id, condition="incomplete", note="缺第三页")
    assert Task.objects.filter(kind="look_after_damage", subject=out.id, closed_at__isnull=True).count() == 1


def test_what_is_late_is_called_for(people, out):
    with pytest.raises(Conflict, match="loan_not_late"):
        chase_loan(people.grant("storekeeper"), loan_id=out.id)
    late(out)
    assert list(overdue(people.grant("archivist"))) == [out]
    remind_due()
    assert Notice.objects.filter(kind="loan_due_late", recipient=people.borrower).count() == 1
    chase_loan(people.grant("storekeeper"), loan_id=out.id)
    assert Notice.objects.filter(kind="loan_chased", recipient=people.borrower).count() == 1
    take_back_loan(people.grant("archivist"), loan_id=out.id, condition="intact")
    assert not overdue(people.grant("archivist")).exists()


def test_what_nobody_fetches_lapses(people, ready):
    Loan.objects.filter(pk=ready.pk).update(fetch_by=clock.today() - timedelta(days=1))
    end_due()
    ready.refresh_from_db()
    assert ready.state == LoanState.LAPSED
    assert not Task.objects.filter(kind="hand_over_loan", closed_at__isnull=True).exists()
