"""Cases that no business system filed: of a record that stands already, and of what was taken at the counter."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db import transaction

from yidang.collection.capture import checklist
from yidang.collection.capture.cases import Words, digest_of, seal_words
from yidang.collection.capture.models import Case
from yidang.holdings.models import ItemState
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.intake.models import Accession
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, NotFound
from yidang.ledger.operations import append


@transaction.atomic
def open_for_item(grant: Grant, *, item_id: UUID) -> Case:
    """A checklist for a record; the one it has already, where there is one.

    Raises NotFound: `item_not_found`. Conflict: `checklist_empty`.
    """
    grant.require(Permission.COLLECT)
    item = visible_items(grant).select_related("series").filter(pk=item_id, state=ItemState.FILED).first()
    if item is None:
        raise NotFound("item_not_found", item=str(item_id))
    known = Case.objects.filter(item=item.pk).first()
    if known is not None:
        return known
    if not checklist.lines_of(item.series):
        raise Conflict("checklist_empty")
    case = Case(digest=digest_of(str(item.pk)), series=item.series, year=item.year, institution=item.institution)
    case.item, case.has_electronic = item.pk, not item.is_paper_only
    return _open(grant, case, number=item.reference_code or "", came=[], facts={"item": str(item.pk), "files": 0})


def open_for_accession(grant: Grant, *, accession: Accession, came: Sequence[str]) -> Case:
    """Of what a person took in by hand; its first item is the case's. Inside the caller's transaction."""
    case = Case(digest=digest_of(accession.number), series=accession.series, year=accession.year, accession=accession)
    case.has_electronic = True
    facts = {"accession": accession.number, "came": len(came)}
    return _open(grant, case, number=accession.number, came=came, facts=facts)


def _open(grant: Grant, case: Case, *, number: str, came: Sequence[str], facts: dict[str, Any]) -> Case:
    case.received_at, case.sealed = clock.now(), seal_words(case, Words(number=number))
    case.save(force_insert=True)
    checklist.lay(case, came)
    append(action="case.received", actor=grant.actor, subject=case.pk, facts=facts)
    return case
