"""What is open in one name is listed as it stands, and signed by giver and taker, each for themselves."""

import pytest

from yidang.duty.handing import draw, hand_over_for, hand_overs, sign
from yidang.duty.responsibilities import appoint
from yidang.identity.policy import grant_for
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.workflow.models import Notice
from yidang.workflow.operations import open_task


@pytest.fixture
def drawn(head, leaver, follower):
    appoint(grant=head, staff_id=leaver.id, duty="archivist", since=today())
    open_task(grant=head, kind="confirm", number="T-1", subject_url="/confirm/", assignee=leaver.id)
    return draw(grant=head, giver_id=leaver.id, taker_id=follower.id)


def test_the_list_holds_what_is_open(drawn, leaver, follower):
    assert [(line["kind"], line["number"]) for line in drawn.lines] == [("task", "T-1"), ("duty", "archivist")]
    assert set(Notice.objects.values_list("recipient", flat=True)) >= {leaver.id, follower.id}


def test_both_sign_once_and_nobody_for_them(drawn, head, leaver, follower):
    with pytest.raises(NotAllowed):
        sign(grant=head, hand_over_id=drawn.id)
    sign(grant=grant_for(leaver), hand_over_id=drawn.id)
    with pytest.raises(Conflict):
        sign(grant=grant_for(leaver), hand_over_id=drawn.id)
    assert sign(grant=grant_for(follower), hand_over_id=drawn.id).is_complete


def test_others_do_not_see_it(drawn, head, db):
    from people import employ

    stranger = grant_for(employ("qita", "archivist"))
    assert list(hand_overs(stranger)) == []
    with pytest.raises(NotFound):
        hand_over_for(stranger, drawn.id)
    assert list(hand_overs(head)) == [drawn]


def test_nobody_hands_over_to_oneself(head, leaver):
    with pytest.raises(Invalid):
        draw(grant=head, giver_id=leaver.id, taker_id=leaver.id)
