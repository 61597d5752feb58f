"""Somebody outside the house: where to reach them, and papers that go to them through the outbox."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.ledger.operations import append
from yidang.workflow.addresses import add_address, checked_target, retire
from yidang.workflow.models import Address, Delivery
from yidang.workflow.outbox_models import Channel
from yidang.workflow.ports import Enclosure

Maker = Callable[[UUID], Enclosure]
_makers: dict[str, Maker] = {}


def register_enclosure(code: str, maker: Maker) -> None:
    """`maker` makes the paper when it is sent, so that no copy of it lies in the outbox."""
    _makers[code] = maker


@transaction.atomic
def set_party_address(*, grant: Grant, permission: Permission, party: str, channel: Channel, target: str) -> str:
    """Sets, replaces or (blank) takes away where `party` (`<kind>:<code>`) is reached; a webhook's secret in hex.

    Raises:
        Invalid: `mail_address_malformed`, `webhook_url_malformed`.
    """
    grant.require(permission)
    target = checked_target(channel, target)
    for old in Address.objects.select_for_update().filter(party=party, channel=channel, is_active=True):
        retire(old, grant.actor)
    secret = add_address(None, channel, target, party=party) if target else ""
    facts = {"channel": channel, "set": bool(target), "of": party}
    append(action="address.changed", actor=grant.actor, facts=facts)
    return secret


def party_addresses(party: str) -> dict[str, Address]:
    return {one.channel: one for one in Address.objects.filter(party=party, is_active=True)}


def tell_party(
    *, party: str, kind: str, number: str, subject_url: str, enclosure: tuple[str, UUID] | None = None
) -> list[Delivery]:
    """One message to each address of the party, in the transaction of the change; none where there is no address.

    `subject_url` is for those in the house who look at the outbox; the party gets no link.
    """
    at = now()
    paper = f"{enclosure[0]}:{enclosure[1]}" if enclosure else ""
    made = [
        Delivery(
            address=address,
            kind=kind,
            number=number,
            subject_url=subject_url,
            enclosure=paper,
            made_at=at,
            next_at=at,
        )
        for address in party_addresses(party).values()
    ]
    return Delivery.objects.bulk_create(made)


def enclosure_of(delivery: Delivery) -> Enclosure | None:
    if not delivery.enclosure:
        return None
    code, _, subject = delivery.enclosure.partition(":")
    return _makers[code](UUID(subject))
