"""The doubts about a record, on the record's own page."""

from collections.abc import Mapping
from typing import Any

from yidang.holdings.models import Item
from yidang.identity.policy import Grant, Permission
from yidang.quality.completeness.deciding import findings_of


def doubts(grant: Grant, item: Item) -> Mapping[str, Any] | None:
    if not grant.allows(Permission.SEE_QUALITY):
        return None
    rows = findings_of(grant, item)
    return {"rows": rows} if rows else None
