"""What a person has read of what was told."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from yidang.identity.policy import Grant
from yidang.kernel.clock import now
from yidang.ledger.operations import append
from yidang.workflow.models import Notice


@transaction.atomic
def mark_read(*, grant: Grant, notices: Collection[UUID] | None = None) -> int:
    """The named notices of this person, or all; how many were unread."""
    unread = Notice.objects.filter(recipient_id=grant.staff_id, read_at__isnull=True)
    if notices is not None:
        unread = unread.filter(pk__in=notices)
    count = unread.update(read_at=now())
    if count:
        append(action="notice.read", actor=grant.actor, subject=grant.staff_id, facts={"count": count})
    return count
