"""What of the archive shows what a settlement claims: an item, or one page of it; found from either side."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction

from yidang.claims.models import Evidence, Settlement
from yidang.holdings.models import Item
from yidang.holdings.queries import get_item
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.operations import append


@transaction.atomic
def link(*, grant: Grant, claim: int, code: str, page: int | None = None) -> Evidence:
    """By whoever sees both. Raises NotFound `settlement_not_found`, `item_not_found`; Conflict `evidence_linked`."""
    grant.require(Permission.SEE_CLAIMS)
    if not Settlement.objects.filter(claim=claim).exists():
        raise NotFound("settlement_not_found")
    item = get_item(grant, code.strip())
    if Evidence.objects.filter(settlement_id=claim, item=item.pk, page=page).exists():
        raise Conflict("evidence_linked")
    made = Evidence.objects.create(
        settlement_id=claim, item=item.pk, page=page, linked_by_id=grant.person, linked_at=now()
    )
    append(action="evidence.linked", actor=grant.actor, subject=item.pk, facts={"claim": claim, "page": page})
    return made


@transaction.atomic
def unlink(*, grant: Grant, evidence_id: UUID) -> int:
    """The settlement it stood at. Raises NotFound `evidence_not_found`."""
    grant.require(Permission.SEE_CLAIMS)
    found = Evidence.objects.filter(pk=evidence_id).first()
    if found is None or not visible_items(grant).filter(pk=found.item).exists():
        raise NotFound("evidence_not_found")
    claim: int = found.settlement_id
    append(action="evidence.unlinked", actor=grant.actor, subject=found.item, facts={"claim": claim})
    found.delete()
    return claim


def with_items(grant: Grant, evidence: Iterable[Evidence]) -> list[tuple[Evidence, Item | None]]:
    """An item the asker may not see stands there without its name."""
    given = list(evidence)
    seen = {item.pk: item for item in visible_items(grant).filter(pk__in=[one.item for one in given])}
    return [(one, seen.get(one.item)) for one in given]


def settlements_of(grant: Grant, item: Item) -> dict[str, Any] | None:
    """For the item's own page; nothing to who may not see claims, or where there is none."""
    if not grant.allows(Permission.SEE_CLAIMS):
        return None
    found = Evidence.objects.filter(item=item.pk).select_related("settlement__provider").order_by("-linked_at")[:50]
    return {"evidence": list(found)} if found else None
