"""A person decides what the machine only remarked."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yidang.access.models import UseDoubt
from yidang.crypto.fields import open_json, seal_json
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append

VERDICTS = frozenset({UseDoubt.State.EXPLAINED, UseDoubt.State.CONFIRMED})


def doubts_of(grant: Grant, *, decided: bool) -> QuerySet[UseDoubt]:
    grant.require(Permission.SEE_AUDIT)
    rows = UseDoubt.objects.select_related("staff", "decided_by")
    is_open = rows.filter(state=UseDoubt.State.OPEN)
    return (rows.exclude(state=UseDoubt.State.OPEN) if decided else is_open).order_by("-day", "rule", "pk")


@transaction.atomic
def decide(*, grant: Grant, doubt_id: UUID, verdict: str, note: str) -> UseDoubt:
    """Raises NotFound `doubt_not_found`, Conflict `doubt_decided`, NotAllowed `doubt_about_oneself`, Invalid."""
    grant.require(Permission.SEE_AUDIT)
    doubt = UseDoubt.objects.select_for_update().filter(pk=doubt_id).first()
    if doubt is None:
        raise NotFound("doubt_not_found")
    if doubt.state != UseDoubt.State.OPEN:
        raise Conflict("doubt_decided")
    if doubt.staff_id == grant.staff_id:
        raise NotAllowed("doubt_about_oneself")
    if verdict not in VERDICTS or not note.strip():
        raise Invalid("doubt_note_missing")
    doubt.state, doubt.decided_by_id, doubt.decided_at = verdict, grant.staff_id, clock.now()
    doubt.sealed_note = seal_json(note.strip()[:400], table="access_use_doubt", row=str(doubt.pk), field="note")
    doubt.save()
    facts = {"rule": doubt.rule, "verdict": verdict}
    append(action="use.decided", actor=grant.actor, subject=doubt.pk, facts=facts, private={"note": note.strip()})
    return doubt


def note_of(doubt: UseDoubt) -> str:
    if doubt.sealed_note is None:
        return ""
    return str(open_json(bytes(doubt.sealed_note), table="access_use_doubt", row=str(doubt.pk), field="note"))
