"""64 bits per item that change with anything the index holds of it, taken from the catalogue alone.

Stored text changes only with the version, so the store need not be read to see that a document is stale. A filed
item's description stands in by what the ledger committed to, which new keys leave alone.
"""

import hashlib
from collections.abc import Iterator
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BinaryField,
    Case,
    Count,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from yidang.access.adapters.tantivy_schema import VERSION
from yidang.holdings.models import Item, ItemScope, ItemState, Page

_COLUMNS = (
    "state",
    "version",
    "series_id",
    "year",
    "term",
    "formed_on",
    "document_type",
    "institution",
    "has_seal",
    "reference_code",
    "filed_at",
    "created_at",
)
_CHUNK = 2000


def stamps(items: QuerySet[Item]) -> Iterator[tuple[UUID, int]]:
    """Items with their stamps, in the order of their ids."""
    rows = items.annotate(
        described=Coalesce("description_digest", Func(F("description"), function="sha256", output_field=BinaryField())),
        scopes_now=ArraySubquery(_scopes()),
        read_now=Case(When(Q(state=ItemState.FILED), then=Value(0)), default=_read_pages()),
    ).order_by("pk")
    for item, *values in rows.values_list("pk", *_COLUMNS, "described", "scopes_now", "read_now").iterator(
        chunk_size=_CHUNK
    ):
        yield item, _stamp(values)


def _scopes() -> QuerySet[ItemScope, str]:
    return ItemScope.objects.filter(item=OuterRef("pk")).order_by("kind", "value").values_list("value", flat=True)


def _read_pages() -> Subquery:
    read = Page.objects.filter(item=OuterRef("pk"), is_read=True).order_by().values("item")
    return Subquery(read.annotate(n=Count("pk")).values("n"), output_field=IntegerField())


def _stamp(values: list[object]) -> int:
    text = repr([VERSION, *(bytes(value) if isinstance(value, memoryview) else value for value in values)])
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")
