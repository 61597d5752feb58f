"""One pass over the tables of the archive, at most every ten minutes, by the keeper."""

from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Sum
from django.db.models.functions import ExtractYear

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
    volumes = Volume.objects.filter(sealed_at__isnull=False, dissolved_at__isnull=True)
    bytes_kept = ItemFile.objects.filter(item__state=ItemState.FILED).aggregate(n=Sum("size"))["n"]
    return _of_records() | {
        "bytes": bytes_kept or 0,
        "fonds": Fonds.objects.count(),
        "volumes": volumes.count(),
        "volumes_by_year": _by_year_and_term(volumes.order_by().values_list("year", "term").annotate(n=Count("pk"))),
    }


def _of_records() -> dict[str, Any]:
    """Every record is read once; the few hundred groups are added up here."""
    groups = list(
        Item.objects.filter(state=ItemState.FILED)
        .order_by()
        .values("year", "term", "is_paper_only", is_due=Q(due_year__lte=today().year), came=ExtractYear("filed_at"))
        .annotate(n=Count("pk"), sheets=Sum("page_count"))
    )
    filed_by_year: Counter[str] = Counter()
    for group in groups:
        if group["came"] is not None:
            filed_by_year[str(group["came"])] += group["n"]
    return {
        "items": sum(group["n"] for group in groups),
        "paper_only": sum(group["n"] for group in groups if group["is_paper_only"]),
        "pages": sum(group["sheets"] for group in groups),
        "due": sum(group["n"] for group in groups if group["is_due"]),
        "items_by_year": _by_year_and_term((group["year"], group["term"], group["n"]) for group in groups),
        "filed_by_year": dict(filed_by_year),
    }


def _by_year_and_term(rows: Iterable[tuple[int, str, int]]) -> dict[str, dict[str, int]]:
    """{"2026": {"Y": 3, "D30": 40}}: by the year of formation."""
    found: dict[str, Counter[str]] = {}
    for year, term, n in rows:
        found.setdefault(str(year), Counter())[term] += n
    return {year: dict(terms) for year, terms in found.items()}
