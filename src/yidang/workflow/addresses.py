"""Where notices go: a person's own addresses and wishes, and the house's webhooks."""

import secrets
from collections.abc import Iterable
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from yidang.crypto.fields import open_field, seal_field
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append
from yidang.workflow.adapters.guard import check_url
from yidang.workflow.errors import Undelivered
from yidang.workflow.models import Address, Choice, Delivery, DeliveryState
from yidang.workflow.notices import notice_kinds
from yidang.workflow.outbox_models import Channel
from yidang.workflow.settling import settle

_TABLE = "workflow_address"
_SECRET = 32
LONGEST = 200


def target_of(address: Address) -> str:
    return open_field(bytes(address.sealed_target), table=_TABLE, row=str(address.id), field="target").decode()


def secret_of(address: Address) -> bytes:
    """32 bytes; none for a mail address."""
    if address.sealed_secret is None:
        return b""
    return open_field(bytes(address.sealed_secret), table=_TABLE, row=str(address.id), field="secret")


@transaction.atomic
def set_address(*, grant: Grant, channel: Channel, target: str) -> str:
    """Sets, replaces or (blank) takes away the person's own address. The secret of a webhook in hex, else blank.

    Raises:
        Invalid: `mail_address_malformed`, `webhook_url_malformed`.
    """
    if grant.staff_id is None:
        raise NotAllowed("not_allowed")
    target = checked_target(channel, target)
    for old in Address.objects.select_for_update().filter(staff_id=grant.staff_id, channel=channel, is_active=True):
        retire(old, grant.actor)
    secret = add_address(grant.staff_id, channel, target) if target else ""
    append(
        action="address.changed",
        actor=grant.actor,
        subject=grant.staff_id,
        facts={"channel": channel, "set": bool(target)},
    )
    return secret


@transaction.atomic
def add_house_webhook(*, grant: Grant, target: str) -> str:
    """A webhook that hears of every notice once; its secret in hex, shown this one time."""
    grant.require(Permission.SEE_SYSTEM)
    target = checked_target(Channel.WEBHOOK, target)
    if not target:
        raise Invalid("webhook_url_malformed")
    secret = add_address(None, Channel.WEBHOOK, target)
    append(action="address.changed", actor=grant.actor, facts={"channel": "webhook", "set": True, "of": "house"})
    return secret


@transaction.atomic
def remove_house_webhook(*, grant: Grant, address_id: UUID) -> None:
    """Raises NotFound `address_not_found`."""
    grant.require(Permission.SEE_SYSTEM)
    address = Address.objects.select_for_update().filter(pk=address_id, staff=None, party="", is_active=True).first()
    if address is None:
        raise NotFound("address_not_found")
    retire(address, grant.actor)
    append(action="address.changed", actor=grant.actor, facts={"channel": "webhook", "set": False, "of": "house"})


def checked_target(channel: Channel, target: str) -> str:
    target = target.strip()
    if not target:
        return ""
    if len(target) > LONGEST:
        raise Invalid("mail_address_malformed" if channel == Channel.EMAIL else "webhook_url_malformed")
    try:
        validate_email(target) if channel == Channel.EMAIL else check_url(target)
    except ValidationError:
        raise Invalid("mail_address_malformed") from None
    except Undelivered as refusal:
        raise Invalid(refusal.code) from None
    return target


def add_address(staff: UUID | None, channel: Channel, target: str, *, party: str = "") -> str:
    address_id = uuid4()
    secret = secrets.token_bytes(_SECRET) if channel == Channel.WEBHOOK else b""
    place = {"table": _TABLE, "row": str(address_id)}
    Address.objects.create(
        id=address_id,
        staff_id=staff,
        party=party,
        channel=channel,
        sealed_target=seal_field(target.encode(), field="target", **place),
        sealed_secret=seal_field(secret, field="secret", **place) if secret else None,
    )
    return secret.hex()


def retire(address: Address, actor: str) -> None:
    """Kept for the proofs that name it; what still waited for it ends, and its secrets are wiped."""
    waiting = Delivery.objects.select_for_update().filter(address=address, state=DeliveryState.WAITING)
    for delivery in waiting:
        settle(delivery, DeliveryState.DEAD, {"code": "address_gone"}, actor=actor)
    address.is_active = False
    address.sealed_target, address.sealed_secret = b"", None
    address.save()


@transaction.atomic
def choose_channels(*, grant: Grant, wanted: Iterable[tuple[str, str]]) -> None:
    """`wanted`: pairs of kind and channel; every other pair is not wanted."""
    if grant.staff_id is None:
        raise NotAllowed("not_allowed")
    pairs = set(wanted)
    rows = [
        Choice(staff_id=grant.staff_id, kind=kind, channel=channel, is_wanted=(kind, channel) in pairs)
        for kind in notice_kinds()
        for channel in Channel.values
    ]
    Choice.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["staff", "kind", "channel"], update_fields=["is_wanted"]
    )
    append(action="notice.channels_chosen", actor=grant.actor, subject=grant.staff_id)
