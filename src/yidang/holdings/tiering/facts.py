"""What a tier policy asks of records."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max, QuerySet

from yidang.holdings.models import Hold, Item, ItemState, PendingVersion
from yidang.kernel import clock
from yidang.ledger.models import LedgerEntry
from yidang.preservation.tiers.rules import Facts

USES = ("item.viewed", "page.viewed", "page.read", "page.unmasked", "item.downloaded", "item.exported")
_MOST_SENSITIVE = "sensitive"


def filed() -> QuerySet[Item]:
    return Item.objects.filter(state=ItemState.FILED)


def facts_of(items: Sequence[Item]) -> dict[UUID, Facts]:
    ids = [item.pk for item in items]
    used = _last_uses(ids)
    held = set(Hold.objects.filter(item__in=ids).values_list("item", flat=True))
    held |= set(PendingVersion.objects.filter(item__in=ids).values_list("item", flat=True))
    now = clock.now()
    return {
        item.pk: Facts(
            series=item.series_id,
            age_years=max(now.year - item.year - 1, 0),
            idle_days=(now - (used.get(item.pk) or item.filed_at or now)).days,
            is_kept_hot=item.pk in held or item.security_class == _MOST_SENSITIVE,
        )
        for item in items
    }


def _last_uses(ids: Sequence[UUID]) -> dict[UUID, datetime]:
    rows = LedgerEntry.objects.filter(subject__in=ids, action__in=USES).values_list("subject").annotate(last=Max("at"))
    return {subject: last for subject, last in rows if subject is not None}
