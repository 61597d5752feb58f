"""Old notices leave; what waits, what was not read, and the proofs stay. What is cancelled is told of."""

import dataclasses
from datetime import timedelta

import pytest

from yidang.kernel import clock
from yidang.ledger.models import LedgerEntry
from yidang.ledger.queries import history
from yidang.workflow.models import Address, Attempt, Delivery, DeliveryState, Notice
from yidang.workflow.operations import notify, set_address
from yidang.workflow.outbox_models import Channel
from yidang.workflow.pruning import prune, prune_when_due

pytestmark = pytest.mark.django_db
LONG_AGO = timedelta(days=800)


@pytest.fixture
def reader(house):
    grant = house("daiyu")
    set_address(grant=grant, channel=Channel.EMAIL, target="daiyu@bureau.example")
    return grant


def told(grant, *, state, age=LONG_AGO, read=True):
    """A notice and its delivery, so old."""
    at = clock.now() - age
    (notice,) = notify(kind="approval_done", to=[grant.staff_id], facts={"number": "1"}, subject_url="/x/")
    delivery = Delivery.objects.latest("made_at")
    settled = None if state == DeliveryState.WAITING else at
    Delivery.objects.filter(pk=delivery.pk).update(state=state, made_at=at, settled_at=settled)
    Notice.objects.filter(pk=notice.pk).update(made_at=at, read_at=at if read else None)
    Attempt.objects.create(delivery=delivery, at=at, status=250)
    return notice.pk, delivery.pk


def test_only_what_is_over_and_old_goes(reader):
    old = told(reader, state=DeliveryState.SENT), told(reader, state=DeliveryState.DEAD)
    waiting = told(reader, state=DeliveryState.WAITING, read=False)
    young = told(reader, state=DeliveryState.SENT, age=timedelta(days=700))
    assert prune(clock.now() - timedelta(days=730)) == 2 * len(old)
    assert set(Notice.objects.values_list("pk", flat=True)) == {waiting[0], young[0]}
    assert set(Delivery.objects.values_list("pk", flat=True)) == {waiting[1], young[1]}
    assert Attempt.objects.count() == 2
    assert LedgerEntry.objects.filter(action="notice.pruned").count() == 1
    assert prune(clock.now() - timedelta(days=730)) == 0
    assert LedgerEntry.objects.filter(action="notice.pruned").count() == 1


def test_the_setting_says_for_how_long_and_the_keeper_looks_once_an_hour(reader, settings, tmp_path):
    settings.YIDANG = dataclasses.replace(settings.YIDANG, notice_keep_days=0, home=settings.YIDANG.home)
    (settings.YIDANG.home / "run" / "notices-pruned").unlink(missing_ok=True)
    told(reader, state=DeliveryState.SENT)
    assert prune_when_due() == 0
    settings.YIDANG = dataclasses.replace(settings.YIDANG, notice_keep_days=730)
    assert prune_when_due() == 2
    told(reader, state=DeliveryState.SENT)
    assert prune_when_due() == 0


def test_what_waited_for_an_address_that_went_is_in_the_ledger(reader):
    notify(kind="approval_done", to=[reader.staff_id], facts={"number": "1"}, subject_url="/x/")
    (delivery,) = Delivery.objects.all()
    set_address(grant=reader, channel=Channel.EMAIL, target="")
    delivery.refresh_from_db()
    assert (delivery.state, Address.objects.get().is_active) == (DeliveryState.DEAD, False)
    (event,) = history(delivery.pk)
    assert (event.action, event.actor, event.facts["code"]) == ("notice.dead", reader.actor, "address_gone")
