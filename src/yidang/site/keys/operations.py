"""Changes of keys: each leaves an entry in the ledger, without a secret, and tells who answers for security."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.urls import reverse

from yidang.crypto import custody, rotation
from yidang.crypto.register import FAMILIES
from yidang.crypto.shares import Share
from yidang.identity.policy import Grant, Permission
from yidang.ledger.operations import append
from yidang.workflow.operations import notify

SPLIT = "key.split"


def rotate(grant: Grant, *, families: Sequence[str] = FAMILIES) -> None:
    """New versions from now on; the keeper seals anew what stands. Raises Invalid `key_family_unknown`."""
    grant.require(Permission.MANAGE_KEYS)
    carry_out_rotation(grant.actor, families)


@transaction.atomic
def carry_out_rotation(actor: str, families: Sequence[str]) -> None:
    """Of a question that two persons answered."""
    register = rotation.begin(families)
    _tell(actor, "key.rotated", {family: register.current(family) for family in families})


def replace_root(grant: Grant, *, place: str, passphrase: str = "") -> int:
    """Says the new root key's number. Raises as `custody.replace_root`."""
    grant.require(Permission.MANAGE_KEYS)
    return carry_out_replacement(grant.actor, place, passphrase)


@transaction.atomic
def carry_out_replacement(actor: str, place: str, passphrase: str = "") -> int:
    number = custody.replace_root(place, passphrase=passphrase).root.number
    _tell(actor, "key.root_replaced", {"root": number, "kept": kind_of(place)})
    return number


def seal(grant: Grant, *, passphrase: str) -> None:
    grant.require(Permission.MANAGE_KEYS)
    carry_out_sealing(grant.actor, passphrase)


@transaction.atomic
def carry_out_sealing(actor: str, passphrase: str) -> None:
    custody.seal_root(passphrase)
    _tell(actor, "key.root_moved", {"root": custody.kept().number, "kept": "sealed"})


def unseal(grant: Grant) -> None:
    grant.require(Permission.MANAGE_KEYS)
    carry_out_unsealing(grant.actor)


@transaction.atomic
def carry_out_unsealing(actor: str) -> None:
    custody.unseal_root()
    _tell(actor, "key.root_moved", {"root": custody.kept().number, "kept": "file"})


@transaction.atomic
def split(grant: Grant, *, shares: int, needed: int, subject: UUID | None = None) -> list[Share]:
    """Told before anybody holds a share. Raises Conflict `root_key_not_extractable`, Invalid `share_counts`."""
    grant.require(Permission.MANAGE_KEYS)
    made = custody.split(shares=shares, needed=needed)
    facts = {"root": made[0].root, "set": made[0].set.hex(), "shares": shares, "needed": needed}
    _tell(grant.actor, SPLIT, facts, subject)
    return made


@transaction.atomic
def note_recovery(grant: Grant, *, root: int) -> None:
    """Afterwards: without the root key there is no ledger to write to."""
    _tell(grant.actor, "key.recovered", {"root": root})


def kind_of(place: str) -> str:
    """The address of a device is nobody's business."""
    return place.split(":", 1)[0]


def _tell(actor: str, action: str, facts: dict[str, Any], subject: UUID | None = None) -> None:
    append(action=action, actor=actor, facts=facts, subject=subject)
    notify(kind="key_changed", subject_url=reverse("keys"), permission=Permission.MANAGE_KEYS, facts={"number": action})
