"""Anybody reports; the words are sealed; the head closes with what followed, beside the record's own history."""

from datetime import timedelta

import pytest

from yidang.duty.incidents import account_of, close, incidents, report
from yidang.duty.models import Incident
from yidang.identity.policy import grant_for
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.workflow.models import Notice

WORDS = "张三的结算清单被带出库房"


@pytest.fixture
def told(head, leaver):
    return report(grant=grant_for(leaver), kind="leak", happened_on=today(), words=WORDS)


def test_the_words_are_sealed_and_the_head_is_told(told, head):
    raw = bytes(Incident.objects.get().sealed)
    assert "张三".encode() not in raw
    assert account_of(head, told.id).words == WORDS
    assert Notice.objects.filter(kind="incident_reported", recipient=head.staff_id).exists()


def test_it_is_closed_once_with_its_consequences(told, head):
    close(grant=head, incident_id=told.id, outcome="已追回，通报批评")
    found = account_of(head, told.id)
    assert found.outcome == "已追回，通报批评"
    assert {event.action for event in found.chain} >= {"incident.reported", "incident.closed"}
    with pytest.raises(Conflict):
        close(grant=head, incident_id=told.id, outcome="再次")


def test_who_sees_it(told, leaver, follower):
    assert list(incidents(grant_for(leaver))) == [told]
    assert account_of(grant_for(leaver), told.id).chain == []
    with pytest.raises(NotFound):
        account_of(grant_for(follower), told.id)
    with pytest.raises(NotAllowed):
        close(grant=grant_for(leaver), incident_id=told.id, outcome="x")


def test_what_is_refused(head):
    with pytest.raises(Invalid):
        report(grant=head, kind="rumour", happened_on=today(), words="x")
    with pytest.raises(Invalid):
        report(grant=head, kind="leak", happened_on=today(), words=" ")
    with pytest.raises(Invalid):
        report(grant=head, kind="leak", happened_on=today() + timedelta(days=1), words="x")
    with pytest.raises(NotFound):
        report(grant=head, kind="leak", happened_on=today(), words="x", code="J001-ZY·YB·DYJS·2026·D30-999999")
