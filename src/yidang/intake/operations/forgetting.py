"""What intake still knows of records that are destroyed: names of files, rows of catalogues, claims on their bytes."""

from collections.abc import Sequence
from uuid import UUID

from yidang.intake.models import CatalogueRow, ContentClaim, ReceivedFile
from yidang.intake.sealed import seal_about, seal_values


def forget(items: Sequence[UUID]) -> None:
    """Inside the transaction that ends the items, before their rows go."""
    files = list(ReceivedFile.objects.filter(item__in=items))
    ContentClaim.objects.filter(file__in=files).delete()
    for file in files:
        file.about, file.facts, file.digest = seal_about(file.id, "", None), None, None
    ReceivedFile.objects.bulk_update(files, ["about", "facts", "digest"], batch_size=500)
    rows = list(CatalogueRow.objects.filter(item__in=items))
    for row in rows:
        row.values, row.facts = seal_values(row.file_id, row.number, {}), None
    CatalogueRow.objects.bulk_update(rows, ["values", "facts"], batch_size=500)
