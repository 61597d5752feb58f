"""A draft that belongs to a filed item becomes part of it: paper scanned later meets the electronic case 双轨."""

from collections.abc import Mapping
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from yidang.holdings import stored
from yidang.holdings.description import Field, check
from yidang.holdings.dossier import say_time
from yidang.holdings.models import Item
from yidang.holdings.operations import additions
from yidang.holdings.operations.drafting import lock_draft
from yidang.holdings.operations.versions import lay_down, lock_filed
from yidang.holdings.operations.writing import complete
from yidang.holdings.plans import Plan
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid

EXTENDED = "extended"


def extend_item(
    grant: Grant, *, item_id: UUID, draft_id: UUID, reason: str, fields: Mapping[str, Field | None] | None = None
) -> Item:
    """Files and pages of the draft come after the item's own, as its next version; the draft is no more.

    The item keeps its description but for `fields`.

    Raises:
        NotFound: `item_not_found`. Invalid: `reason_missing`.
        Conflict: `item_not_filed`, `item_not_draft`, `version_under_way`, `pages_unread`.
    """
    grant.require(Permission.DESCRIBE)
    if not reason.strip():
        raise Invalid("reason_missing")
    with transaction.atomic(durable=True):
        item = lock_filed(grant, item_id, None)
        draft = lock_draft(draft_id)
        if draft.pages.filter(is_read=False).exists():
            raise Conflict("pages_unread", item=draft.working_number)
        _lay_down(grant, item, draft, reason.strip(), fields or {})
    return complete(item_id)


def _lay_down(grant: Grant, item: Item, draft: Item, reason: str, fields: Mapping[str, Field | None]) -> None:
    dossier = stored.dossier(item.pk, item.version)
    added = additions.read(draft, len(dossier.files) + 1)
    description = dossier.description.with_fields(fields)
    check(description)
    plan = Plan(
        number=item.version + 1,
        kind=EXTENDED,
        at=say_time(clock.now()),
        actor=grant.actor,
        reason=reason,
        text_from=item.version,
        dossier=replace(additions.extended(dossier, added), description=description),
        added=str(draft.pk),
    )
    lay_down(item, plan, moved=False)
