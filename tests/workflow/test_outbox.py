"""From a notice to its proof, or to the dead letters."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection, transaction

from yidang.crypto.sm import sm3
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.models import LedgerEntry
from yidang.workflow import rules, sending
from yidang.workflow.adapters.mail import Mail
from yidang.workflow.addresses import target_of
from yidang.workflow.errors import Undelivered
from yidang.workflow.models import Address, Attempt, Delivery, Notice
from yidang.workflow.operations import (
    add_house_webhook,
    choose_channels,
    deliver,
    mark_read,
    notify,
    remove_house_webhook,
    resend,
    set_address,
)
from yidang.workflow.outbox_models import Channel
from yidang.workflow.ports import Proof
from yidang.workflow.queries import notices_of, outbox, unread_count

from .servers import Receiver
from .test_races import together

pytestmark = pytest.mark.django_db
BOX = "daiyu@bureau.example"


class Post:
    """Stands in for the mail channel: does what it is told, and counts."""

    def __init__(self) -> None:
        self.failure = None
        self.sent = []

    def send(self, target, secret, message):  # noqa: ARG002 - the port's signature
        if self.failure:
            raise self.failure
        self.sent.append((target, message))
        return Proof(250, f"<{message.id}@x>")


@pytest.fixture
def mails(monkeypatch):
    post = Post()
    monkeypatch.setitem(sending._channels, Channel.EMAIL, post)
    return post


@pytest.fixture
def later(monkeypatch):
    """Moves the outbox's clock on."""
    ahead = [timedelta()]
    monkeypatch.setattr(sending, "now", lambda: clock.now() + ahead[0])

    def move(step):
        ahead[0] += step

    return move


@pytest.fixture
def reader(house):
    grant = house("daiyu")
    set_address(grant=grant, channel=Channel.EMAIL, target=BOX)
    return grant


def tell(*grants, kind="approval_done", **more):
    notify(kind=kind, to=[one.staff_id for one in grants], facts={"number": "12"}, subject_url="/approvals/x/", **more)


def test_a_mail_goes_out_once_with_proof(reader, mails):
    tell(reader)
    assert deliver() == 1
    assert deliver() == 0
    ((target, message),) = mails.sent
    assert (target, message.kind, message.number) == (BOX, "approval_done", "12")
    assert message.link.endswith("/approvals/x/")
    delivery = Delivery.objects.get()
    attempt = Attempt.objects.get()
    assert (delivery.state, delivery.attempts, attempt.proof) == ("sent", 1, f"<{delivery.id}@x>")
    assert LedgerEntry.objects.get(action="notice.sent").subject == delivery.id


def test_the_outbox_shares_the_fate_of_the_change(reader, mails):
    with transaction.atomic():
        tell(reader)
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert deliver() == 0


def test_a_passing_failure_is_tried_again_ever_later(reader, mails, later):
    mails.failure = Undelivered("mail_refused", is_permanent=False, status=450)
    tell(reader)
    pauses = []
    for _ in range(4):
        assert deliver() == 1
        assert deliver() == 0
        delivery = Delivery.objects.get()
        pauses.append(round((delivery.next_at - sending.now()).total_seconds() / 30))
        later(delivery.next_at - sending.now() + timedelta(seconds=1))
    assert pauses == [1, 2, 4, 8]
    mails.failure = None
    assert deliver() == 1
    assert Delivery.objects.get().state == "sent"
    assert [one.code for one in Attempt.objects.order_by("at")] == ["mail_refused"] * 4 + [""]


def test_a_permanent_failure_is_a_dead_letter_at_once_and_told(reader, mails, house):
    mails.failure = Undelivered("mail_refused", is_permanent=True, status=550)
    tell(reader)
    deliver()
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("dead", 1)
    assert list(notices_of(house("xitong")).values_list("kind", flat=True)) == ["delivery_dead"]
    assert Attempt.objects.get().status == 550
    assert [one.id for one in outbox(house("xitong"), state="dead")] == [delivery.id]


def test_after_the_last_attempt_it_is_given_up(reader, mails, later):
    mails.failure = Undelivered("mail_server_out_of_reach", is_permanent=False)
    tell(reader)
    for _ in range(rules.MOST_ATTEMPTS):
        deliver()
        later(rules.LONGEST_PAUSE + timedelta(seconds=1))
    assert Delivery.objects.get().state == "dead"
    assert deliver() == 0


def test_a_dead_letter_is_sent_again(reader, mails, house):
    mails.failure = Undelivered("mail_refused", is_permanent=True)
    tell(reader)
    deliver()
    delivery = Delivery.objects.get()
    with pytest.raises(NotAllowed):
        resend(grant=reader, delivery_id=delivery.id)
    mails.failure = None
    resend(grant=house("xitong"), delivery_id=delivery.id)
    with pytest.raises(Conflict, match="delivery_not_dead"):
        resend(grant=house("xitong"), delivery_id=delivery.id)
    assert deliver() == 1
    assert Delivery.objects.get().state == "sent"
    with pytest.raises(NotFound):
        resend(grant=house("xitong"), delivery_id=reader.staff_id)


def test_a_process_that_died_while_sending_leaves_it_to_the_next(reader, mails, later):
    tell(reader)
    sending._claim(20)
    assert deliver() == 0
    later(sending.CLAIM + timedelta(seconds=1))
    assert deliver() == 1
    assert Delivery.objects.get().attempts == 2


@pytest.mark.django_db(transaction=True)
def test_two_processes_send_each_message_once(house, mails):
    reader = house("daiyu")
    set_address(grant=reader, channel=Channel.EMAIL, target=BOX)
    for _ in range(30):
        tell(reader)
    together(*(lambda: [deliver(5) for _ in range(7)] for _ in range(3)))
    assert len({message.id for _, message in mails.sent}) == len(mails.sent) == 30


def test_who_does_not_want_mail_gets_none_and_finds_it_in_the_house(reader, mails):
    choose_channels(grant=reader, wanted=[("task_given", "email")])
    tell(reader)
    tell(reader, kind="task_given")
    assert [one.kind for one in Delivery.objects.all()] == ["task_given"]
    assert unread_count(reader) == 2


def test_the_house_hears_of_everything_once(house, settings):
    settings.YIDANG = replace(settings.YIDANG, webhook_allowed="127.0.0.1")
    with Receiver() as receiver:
        secret = add_house_webhook(grant=house("xitong"), target=receiver.url)
        tell(house("daiyu"), house("dangan"))
        assert deliver() == 1
    assert len(bytes.fromhex(secret)) == 32
    assert [body["kind"] for body in receiver.bodies] == ["approval_done"]
    assert Attempt.objects.get().proof == sm3(b"taken").hex()


def test_what_leaves_the_house_holds_nothing_personal(house, settings):
    settings.YIDANG = replace(settings.YIDANG, webhook_allowed="127.0.0.1", public_url="https://yidang.example")
    with Receiver() as receiver:
        add_house_webhook(grant=house("xitong"), target=receiver.url)
        notify(kind="task_given", to=[house("daiyu").staff_id], facts={"number": "7", "who": "张三"}, subject_url="/t/")
        deliver()
    (body,) = receiver.bodies
    assert body == {
        "at": body["at"],
        "id": str(Delivery.objects.get().id),
        "kind": "task_given",
        "link": "https://yidang.example/t/",
        "number": "7",
    }


def test_addresses_stand_nowhere_in_clear(reader, house):
    add_house_webhook(grant=house("xitong"), target="https://hook.example/token-0123")
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_target FROM workflow_address")
        stored = b"".join(bytes(row[0]) for row in cursor.fetchall())
        cursor.execute("SELECT entry FROM ledger_entry WHERE action = 'address.changed'")
        stored += b"".join(bytes(row[0]) for row in cursor.fetchall())
    assert BOX.encode() not in stored
    assert b"hook.example" not in stored
    assert target_of(Address.objects.get(channel="email")) == BOX


def test_an_address_taken_away_gets_nothing_more_and_is_wiped(reader, mails):
    tell(reader)
    set_address(grant=reader, channel=Channel.EMAIL, target="")
    assert deliver() == 0
    assert mails.sent == []
    gone = Address.objects.get()
    assert (gone.is_active, bytes(gone.sealed_target)) == (False, b"")
    tell(reader)
    assert Delivery.objects.filter(state="waiting").count() == 0


@pytest.mark.parametrize(
    ("channel", "target", "code"),
    [
        (Channel.EMAIL, "no-at-sign", "mail_address_malformed"),
        (Channel.EMAIL, "a@b.example\nBcc: x@y.example", "mail_address_malformed"),
        (Channel.EMAIL, "a" * 200 + "@b.example", "mail_address_malformed"),
        (Channel.WEBHOOK, "file:///etc/passwd", "webhook_url_malformed"),
        (Channel.WEBHOOK, "http://user:word@hook.example/", "webhook_url_malformed"),
    ],
)
def test_what_is_no_address_is_refused(reader, channel, target, code):
    with pytest.raises(Invalid, match=code):
        set_address(grant=reader, channel=channel, target=target)


def test_only_the_system_administrator_keeps_the_houses_webhooks(house, reader):
    with pytest.raises(NotAllowed):
        add_house_webhook(grant=reader, target="https://hook.example/")
    with pytest.raises(NotAllowed):
        outbox(reader)
    add_house_webhook(grant=house("xitong"), target="https://hook.example/")
    address = Address.objects.get(staff=None)
    remove_house_webhook(grant=house("xitong"), address_id=address.id)
    with pytest.raises(NotFound):
        remove_house_webhook(grant=house("xitong"), address_id=address.id)


def test_reading_is_ones_own(reader, house):
    tell(reader, house("dangan"))
    (notice,) = notices_of(reader)
    assert mark_read(grant=house("dangan"), notices=[notice.id]) == 0
    assert mark_read(grant=reader) == 1
    assert (unread_count(reader), unread_count(house("dangan"))) == (0, 1)
    assert mark_read(grant=reader) == 0
    assert LedgerEntry.objects.filter(action="notice.read").count() == 1


def test_the_closed_are_told_nothing(house, mails):
    from yidang.identity.models import Staff

    Staff.objects.filter(username="daiyu").update(is_active=False)
    reader_id = Staff.objects.get(username="daiyu").pk
    assert notify(kind="task_given", to=[reader_id], subject_url="/") == []


def test_the_mail_channel_is_the_real_one():
    assert isinstance(sending._channels[Channel.EMAIL], Mail)
