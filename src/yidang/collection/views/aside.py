"""On a record's own page: what its case lacks, by name."""

from collections.abc import Mapping
from typing import Any

from yidang.collection.capture import checklist
from yidang.collection.models import Case
from yidang.holdings.models import Item, ItemState
from yidang.identity.policy import Grant, Permission


def lacking(grant: Grant, item: Item) -> Mapping[str, Any] | None:
    if not grant.allows(Permission.SEE_COLLECTION) or item.state != ItemState.FILED:
        return None
    case = Case.objects.filter(item=item.pk).first()
    if case is None:
        return {"item": item} if grant.allows(Permission.COLLECT) else None
    return {"item": item, "case": case, "missing": checklist.missing(case), "awaited": checklist.paper_awaited(case)}
