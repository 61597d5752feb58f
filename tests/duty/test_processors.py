"""A firm's contract, its end, and what its people did within the term."""

from datetime import timedelta

import pytest

from yidang.duty.processing import contracts, keep, touched
from yidang.identity.policy import grant_for
from yidang.kernel.clock import today
from yidang.kernel.errors import Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append


def kept(head, **more):
    given = {
        "name": "数字化公司",
        "contract": "HT-7",
        "work": "扫描",
        "since": today() - timedelta(days=9),
        "until": today() + timedelta(days=9),
        "usernames": ["dangan"],
    }
    return keep(grant=head, **(given | more))


def test_what_their_people_touched_is_counted(head, leaver, follower):
    firm = kept(head)
    for _ in range(3):
        append(action="page.viewed", actor=str(leaver.id))
    append(action="page.viewed", actor=str(follower.id))
    _, found = touched(head, firm.id)
    assert [(one.person.username, one.action, one.times) for one in found] == [("dangan", "page.viewed", 3)]


def test_a_contract_that_is_over_stands_last(head, leaver):
    old = kept(head, since=today() - timedelta(days=90), until=today() - timedelta(days=60))
    new = kept(head)
    assert [(one.processor, one.is_over) for one in contracts()] == [(new, False), (old, True)]


def test_what_is_refused(head, leaver):
    with pytest.raises(Invalid):
        kept(head, name=" ")
    with pytest.raises(Invalid):
        kept(head, until=today() - timedelta(days=20))
    with pytest.raises(NotFound):
        kept(head, usernames=["nobody"])
    with pytest.raises(NotAllowed):
        kept(grant_for(leaver))
