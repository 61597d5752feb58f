"""The outbox worked off: a message is claimed, sent outside any transaction, and its outcome written down.

A process that dies between the two leaves the claim, which runs out: the message is sent once more rather than never.
"""

from datetime import timedelta
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.db import transaction

from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, NotFound
from yidang.kernel.texts import Language, say
from yidang.ledger.operations import append
from yidang.workflow import rules
from yidang.workflow.adapters.mail import Mail
from yidang.workflow.adapters.webhook import Webhook
from yidang.workflow.addresses import secret_of, target_of
from yidang.workflow.errors import Undelivered
from yidang.workflow.models import Attempt, Delivery, DeliveryState
from yidang.workflow.notices import notify
from yidang.workflow.outbox_models import Channel as Way
from yidang.workflow.parties import enclosure_of
from yidang.workflow.ports import Channel, Message, Proof
from yidang.workflow.settling import settle

CLAIM = timedelta(minutes=2)  # longer than any channel's own time limits together
AT_ONCE = 20
ACTOR = "system:outbox"
_channels: dict[str, Channel] = {Way.EMAIL: Mail(), Way.WEBHOOK: Webhook()}


def deliver(at_once: int = AT_ONCE) -> int:
    """Sends what is due; how many were tried. Several processes may call it: none takes what another has."""
    claimed = _claim(at_once)
    for delivery in claimed:
        _send(delivery)
    return len(claimed)


@transaction.atomic
def _claim(at_once: int) -> list[Delivery]:
    due = Delivery.objects.filter(state=DeliveryState.WAITING, next_at__lte=now()).select_related("address__staff")
    claimed = list(due.select_for_update(skip_locked=True, of=("self",)).order_by("next_at")[:at_once])
    for delivery in claimed:
        delivery.attempts += 1
        # One after the other, so the last of them waits for all the others.
        delivery.next_at = now() + CLAIM * len(claimed)
    Delivery.objects.bulk_update(claimed, ["attempts", "next_at"])
    return claimed


def _send(delivery: Delivery) -> None:
    address = delivery.address
    try:
        if not address.is_active:
            raise Undelivered("address_gone", is_permanent=True)  # noqa: TRY301 - told as any other failure
        proof = _channels[address.channel].send(target_of(address), secret_of(address), message_of(delivery))
    except Undelivered as failure:
        _note_failure(delivery, failure)
    else:
        _note_success(delivery, proof)


def message_of(delivery: Delivery) -> Message:
    text = say(f"notice_{delivery.kind}", _language(delivery), number=delivery.number or "–")
    link = "" if delivery.address.party else urljoin(public_url(), delivery.subject_url)
    paper = enclosure_of(delivery) if delivery.address.channel == Way.EMAIL else None
    return Message(delivery.id, delivery.kind, delivery.number, link, text, delivery.made_at, paper)


def _language(delivery: Delivery) -> Language:
    staff = delivery.address.staff
    return "en" if staff is not None and staff.language == "en" else "zh"


def public_url() -> str:
    config = settings.YIDANG
    return str(config.public_url or config.address(config.port))


@transaction.atomic
def _note_success(delivery: Delivery, proof: Proof) -> None:
    Attempt.objects.create(delivery=delivery, at=now(), status=proof.status, proof=proof.evidence)
    settle(delivery, DeliveryState.SENT, {"status": proof.status, "proof": proof.evidence}, actor=ACTOR)


@transaction.atomic
def _note_failure(delivery: Delivery, failure: Undelivered) -> None:
    Attempt.objects.create(
        delivery=delivery, at=now(), code=failure.code, is_permanent=failure.is_permanent, status=failure.status
    )
    if failure.is_permanent or rules.is_given_up(delivery.attempts):
        settle(delivery, DeliveryState.DEAD, {"code": failure.code, "status": failure.status}, actor=ACTOR)
        notify(kind="delivery_dead", permission=Permission.SEE_SYSTEM, subject_url="/outbox/?state=dead")
    else:
        delivery.next_at = now() + rules.pause_after(delivery.attempts)
        delivery.save(update_fields=["next_at"])


@transaction.atomic
def resend(*, grant: Grant, delivery_id: UUID) -> Delivery:
    """A dead letter is tried again from the beginning.

    Raises:
        NotFound: `delivery_not_found`.
        Conflict: `delivery_not_dead`, `address_gone`.
    """
    grant.require(Permission.SEE_SYSTEM)
    found = Delivery.objects.select_for_update(of=("self",)).select_related("address")
    delivery = found.filter(pk=delivery_id).first()
    if delivery is None:
        raise NotFound("delivery_not_found")
    if delivery.state != DeliveryState.DEAD:
        raise Conflict("delivery_not_dead")
    if not delivery.address.is_active:
        raise Conflict("address_gone")
    delivery.state, delivery.attempts, delivery.next_at = DeliveryState.WAITING, 0, now()
    delivery.settled_at = None
    delivery.save()
    append(action="notice.resent", actor=grant.actor, subject=delivery.id, facts={"kind": delivery.kind})
    return delivery
