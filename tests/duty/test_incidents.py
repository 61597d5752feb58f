"""Anybody reports; the words are sealed; the head closes with what followed, beside the record's own history."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings

from disposition.records import file
from yidang.disposition.audit import verify_holds
from yidang.disposition.blockers import HELD, blockers
from yidang.duty.incidents import account_of, close, incidents, report
from yidang.duty.models import Incident
from yidang.holdings.models import Hold
from yidang.holdings.scheme import load_scheme
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


def test_its_record_is_held_until_it_is_closed(head, leaver, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "YIDANG", replace(settings.YIDANG, home=tmp_path / "home", store=""))
    load_scheme()
    (item,) = file("DYMZ", 2014)
    told = report(grant=grant_for(leaver), kind="damage", happened_on=today(), words="水渍", code=item.reference_code)
    assert blockers([item]) == {item.pk: HELD}
    assert not [one for one in verify_holds() if one.code == "hold_inserted"]
    close(grant=head, incident_id=told.id, outcome="已修复")
    assert not Hold.objects.exists()


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
