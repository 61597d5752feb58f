"""Telling the projections that items changed."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from yidang.holdings.locks import CHANGES
from yidang.holdings.models import Change
from yidang.kernel.clock import now


def note_changes(items: Sequence[UUID]) -> None:
    """Last in the transaction: the lock, shared by writers, keeps `changes_since` from overtaking them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [CHANGES])
    at = now()
    Change.objects.bulk_create([Change(item=item, at=at) for item in items], batch_size=5000)
