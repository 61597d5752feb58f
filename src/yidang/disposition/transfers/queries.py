"""Reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from yidang.disposition.transfers.models import Transfer, TransferItem, TransferState
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import NotFound

SEE = (Permission.TRANSFER_RECORDS, Permission.APPROVE_TRANSFER)


def transfers_of(grant: Grant) -> QuerySet[Transfer]:
    if not any(grant.allows(one) for one in SEE):
        return Transfer.objects.none()
    return Transfer.objects.select_related("proposed_by", "approved_by").order_by("-number")


def find(grant: Grant, transfer_id: UUID) -> Transfer:
    """Raises NotFound: `transfer_not_found`."""
    found = transfers_of(grant).filter(id=transfer_id).first()
    if found is None:
        raise NotFound("transfer_not_found")
    return found


@dataclass(frozen=True)
class Amount:
    """数量 of the form: records, files, pages, bytes."""

    items: int
    files: int
    pages: int
    size: int


def amount(found: Transfer) -> Amount:
    told = found.lines.aggregate(n=Count("pk"), files=Sum("file_count"), pages=Sum("page_count"), size=Sum("size"))
    return Amount(told["n"], told["files"] or 0, told["pages"] or 0, told["size"] or 0)


def transferred(items: Sequence[UUID]) -> dict[UUID, str]:
    """Item → number of the transfer by which the receiver has it."""
    rows = TransferItem.objects.filter(item__in=items, transfer__state=TransferState.RECEIVED)
    return {row.item: row.transfer.name for row in rows.select_related("transfer")}
