"""Who answers for what: one first responsible person, dates kept, every duty with its source."""

from datetime import timedelta

import pytest

from yidang.duty.catalogue import duties
from yidang.duty.models import Responsibility
from yidang.duty.responsibilities import FIRST, appoint, duties_today, end, history
from yidang.identity.policy import grant_for
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry


def holders(duty):
    return [one.staff.username for held in duties_today() if held.duty.code == duty for one in held.holders]


def test_every_duty_says_where_it_comes_from():
    assert all(duty.source and duty.zh and duty.en for duty in duties().values())


def test_a_new_first_responsible_person_ends_the_one_before(head, leaver, follower):
    appoint(grant=head, staff_id=leaver.id, duty=FIRST, since=today() - timedelta(days=30))
    appoint(grant=head, staff_id=follower.id, duty=FIRST, since=today(), document="医保〔2026〕8号")
    assert holders(FIRST) == ["xinren"]
    assert [one.staff.username for one in history()] == ["dangan"]
    assert LedgerEntry.objects.filter(action="duty.ended", subject=leaver.id).count() == 1


def test_other_duties_have_several_holders_but_nobody_twice(head, leaver, follower):
    for one in (leaver, follower):
        appoint(grant=head, staff_id=one.id, duty="archivist", since=today())
    assert holders("archivist") == ["dangan", "xinren"]
    with pytest.raises(Conflict):
        appoint(grant=head, staff_id=leaver.id, duty="archivist", since=today())


def test_a_duty_of_tomorrow_is_not_held_today(head, leaver):
    appoint(grant=head, staff_id=leaver.id, duty="secrecy", since=today() + timedelta(days=1))
    assert holders("secrecy") == []


def test_what_is_refused(head, leaver):
    made = appoint(grant=head, staff_id=leaver.id, duty="archivist", since=today())
    with pytest.raises(Invalid):
        appoint(grant=head, staff_id=leaver.id, duty="king", since=today())
    with pytest.raises(Invalid):
        end(grant=head, responsibility_id=made.id, until=today() - timedelta(days=1))
    with pytest.raises(NotAllowed):
        end(grant=grant_for(leaver), responsibility_id=made.id, until=today())
    end(grant=head, responsibility_id=made.id, until=today())
    with pytest.raises(NotFound):
        end(grant=head, responsibility_id=made.id, until=today())
    assert Responsibility.objects.get().until == today()
