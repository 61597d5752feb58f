"""That an item is what it was: the store compared byte by byte now, and its version found in the signed ledger."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from time import perf_counter
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from yidang.holdings.models import Item, ItemFile, ItemVersion
from yidang.holdings.queries import get_item
from yidang.holdings.verify import verify
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.difference import Difference
from yidang.kernel.errors import Conflict
from yidang.ledger import queries as ledger
from yidang.ledger.merkle import leaf_hash, root_by_path
from yidang.ledger.operations import append
from yidang.ledger.sequencing import ledger_folder


@dataclass(frozen=True)
class Inclusion:
    """The head version's entry in the log. `signatures`: the algorithms whose signature over the root holds."""

    entry: UUID
    leaf: str
    position: int
    size: int
    root: str
    path: Sequence[str]
    is_included: bool
    signatures: Sequence[str]

    @property
    def holds(self) -> bool:
        return self.is_included and bool(self.signatures)


@dataclass(frozen=True)
class Attestation:
    """`inclusion` is None while the entry waits for the next checkpoint, a second at most."""

    item: Item
    checked_at: datetime
    seconds: float
    bytes_checked: int
    differences: Sequence[Difference]
    inclusion: Inclusion | None

    @property
    def is_intact(self) -> bool:
        return not self.differences


@transaction.atomic
def attest(grant: Grant, item_id: UUID) -> Attestation:
    """Checks now, and writes that it was checked.

    Raises:
        Conflict: `item_not_filed`. NotFound: `item_not_found`.
    """
    grant.require(Permission.VERIFY)
    item = get_item(grant, item_id)
    if not item.version:
        raise Conflict("item_not_filed", item=item.working_number)
    begun = perf_counter()
    report = verify([item.pk])
    found = Attestation(
        item=item,
        checked_at=now(),
        seconds=perf_counter() - begun,
        bytes_checked=ItemFile.objects.filter(item=item).aggregate(all=Sum("size"))["all"] or 0,
        differences=report.differences,
        inclusion=_inclusion(head_entry(item)),
    )
    facts = {"version": item.version, "differences": len(found.differences)}
    append(action="item.verified", actor=grant.actor, subject=item.pk, facts=facts)
    return found


def head_entry(item: Item) -> UUID:
    return ItemVersion.objects.get(item=item, number=item.version).ledger_entry


def _inclusion(entry: UUID) -> Inclusion | None:
    try:
        proof = ledger.proof(entry)
    except Conflict:
        return None
    head, leaf = proof.checkpoint, leaf_hash(proof.entry)
    root = root_by_path(leaf, index=proof.position, size=head.size, path=proof.path)
    return Inclusion(
        entry=entry,
        leaf=leaf.hex(),
        position=proof.position,
        size=head.size,
        root=head.root.hex(),
        path=[sibling.hex() for sibling in proof.path],
        is_included=root == head.root,
        signatures=[str(key.algorithm) for key in ledger_folder().public_keys() if key.verifies(head)],
    )


def proof_file(grant: Grant, item_id: UUID) -> dict[str, Any]:
    """The proof of the head version for the stand-alone verifier. Raises Conflict: `item_not_filed`."""
    grant.require(Permission.VERIFY)
    item = get_item(grant, item_id)
    if not item.version:
        raise Conflict("item_not_filed", item=item.working_number)
    return ledger.proof_file(head_entry(item))
