"""One pass over the tables of the archive, at most every ten minutes, by the keeper."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum

from yidang.holdings.models import Fonds, Item, ItemFile, ItemState, Volume
from yidang.identity.policy import SYSTEM
from yidang.identity.reach import acting
from yidang.insight.models import Snapshot
from yidang.kernel.clock import now, today

EVERY = timedelta(minutes=10)
_KEPT = 2


def keep_fresh() -> bool:
    """Counts anew when the newest counting is old."""
    newest = Snapshot.objects.first()
    if newest is not None and newest.made_at > now() - EVERY:
        return False
    count()
    return True


@transaction.atomic
def count() -> Snapshot:
    """Over all records, whoever is the first to ask."""
    with acting(SYSTEM):
        made = Snapshot.objects.create(made_at=now(), figures=_figures())
    kept = Snapshot.objects.values_list("pk", flat=True)[:_KEPT]
    Snapshot.objects.exclude(pk__in=list(kept)).delete()
    return made


def newest() -> Snapshot:
    """The last counting; the very first visitor waits for one."""
    return Snapshot.objects.first() or count()


def _figures() -> dict[str, Any]:
    filed = Item.objects.filter(state=ItemState.FILED)
    totals = filed.aggregate(
        items=Count("pk"),
        paper_only=Count("pk", filter=Q(is_paper_only=True)),
        pages=Sum("page_count"),
        due=Count("pk", filter=Q(due_year__lte=today().year)),
    )
    bytes_kept = ItemFile.objects.filter(item__state=ItemState.FILED).aggregate(n=Sum("size"))["n"]
    return {name: value or 0 for name, value in totals.items()} | {
        "bytes": bytes_kept or 0,
        "fonds": Fonds.objects.count(),
        "volumes": Volume.objects.filter(sealed_at__isnull=False, dissolved_at__isnull=True).count(),
        "items_by_year": _by_year_and_term(filed),
        "volumes_by_year": _by_year_and_term(Volume.objects.filter(sealed_at__isnull=False, dissolved_at__isnull=True)),
        "filed_by_year": _filed_by_year(filed),
    }


def _by_year_and_term(rows: Any) -> dict[str, dict[str, int]]:
    """{"2026": {"Y": 3, "D30": 40}}: by the year of formation."""
    found: dict[str, dict[str, int]] = {}
    for year, term, n in rows.order_by().values_list("year", "term").annotate(n=Count("pk")):
        found.setdefault(str(year), {})[term] = n
    return found


def _filed_by_year(filed: Any) -> dict[str, int]:
    rows = filed.order_by().filter(filed_at__isnull=False).values_list("filed_at__year").annotate(n=Count("pk"))
    return {str(year): n for year, n in rows}
