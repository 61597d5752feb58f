"""The outbox: telling the projections which items changed, in an order in which none is overlooked."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from yidang.holdings.locks import CHANGES
from yidang.holdings.models import Change
from yidang.kernel.clock import now


def note_changes(items: Sequence[UUID]) -> None:
    """Last in the transaction: the lock, shared by writers, keeps `changes_since` from overtaking them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [CHANGES])
    at = now()
    Change.objects.bulk_create([Change(item=item, at=at) for item in items], batch_size=5000)


@dataclass(frozen=True)
class Changed:
    """`watermark` is what the next call passes on."""

    watermark: int
    items: Sequence[UUID]


def changes_since(watermark: int, limit: int = 1000) -> Changed:
    """Items changed after `watermark`, each once; at most `limit` changes are looked at."""
    if not Change.objects.filter(pk__gt=watermark).exists():
        return Changed(watermark, [])
    with transaction.atomic():
        # Ids are drawn before their rows are committed. Writers share this lock from drawing to commit, so whoever
        # holds it alone sees no gap that a slower writer would fill behind the watermark.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHANGES])
        rows = list(Change.objects.filter(pk__gt=watermark).order_by("pk").values_list("pk", "item")[:limit])
    items = list(dict.fromkeys(item for _, item in rows))
    return Changed(rows[-1][0] if rows else watermark, items)
