"""The end of claims: with the records that showed them, or a person's altogether by the word of two.

The history follows by the outbox: its files are written anew without them.
"""

from collections.abc import Collection, Iterator, Sequence
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.claims import ports
from yidang.claims.importing import quarantine
from yidang.claims.importing.amending import remove
from yidang.claims.models import (
    Box,
    BoxMove,
    DatedEntry,
    Encounter,
    Enrolee,
    EnroleeSource,
    Evidence,
    HistoryChange,
    LinkCandidate,
    Merge,
    Settlement,
    SettlementEvent,
)
from yidang.claims.sealed import words_of, words_of_source
from yidang.claims.turning import forms_of
from yidang.identity.policy import Grant, Permission, grant_for, system_grant
from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, NotFound
from yidang.kernel.masking import mask_name
from yidang.ledger.operations import append, forget_private
from yidang.workflow.approvals import Kind, Line, Plan, register
from yidang.workflow.models import Approval
from yidang.workflow.operations import ask_approval

KIND = "person_forgotten"
Row = tuple[str, dict[str, Any]]  # a source, and what one of its rows would say


def register_kind() -> None:
    register(
        Kind(
            code=KIND,
            title=gettext_lazy("Forget a person's claims"),
            ask=Permission.IMPORT_CLAIMS,
            approve=Permission.APPROVE_DESTRUCTION,
            describe=_lines,
            execute=_carry_out,
            lock=_lock,
        )
    )


@transaction.atomic
def ask_to_forget(*, grant: Grant, enrolee_id: UUID, reason: str) -> Approval:
    """Raises NotFound `enrolee_not_found`; Conflict `claims_kept`; as `ask_approval`."""
    grant.require(Permission.IMPORT_CLAIMS)
    return ask_approval(grant=grant, kind=KIND, plan={"enrolee": str(enrolee_id)}, reason=reason, subject=enrolee_id)


def _lines(plan: Plan) -> list[Line]:
    """Raises NotFound `enrolee_not_found`; Conflict `claims_kept`."""
    enrolee = _enrolee(plan)
    claims = _claims_of(_same_person(enrolee))
    _require_free(claims)
    name = mask_name(str(words_of(enrolee).get("name", ""))) or str(enrolee.person)
    return [Line(_("Enrolee"), name, _("Forgotten")), Line(_("Settlements"), str(len(claims)), "0")]


def _enrolee(plan: Plan) -> Enrolee:
    found = Enrolee.objects.filter(pk=plan["enrolee"]).first()
    if found is None:
        raise NotFound("enrolee_not_found")
    return found


def _same_person(enrolee: Enrolee) -> list[Enrolee]:
    """With those that were merged into it, or with it."""
    first = enrolee.merged_into or enrolee
    return list(Enrolee.objects.filter(Q(pk=first.pk) | Q(merged_into=first)))


def _claims_of(persons: Sequence[Enrolee]) -> list[int]:
    rows = Settlement.objects.filter(person__in=[one.person for one in persons])
    return list(rows.values_list("claim", flat=True))


def _require_free(claims: Collection[int]) -> None:
    if words := ports.what_keeps(claims):
        raise Conflict("claims_kept", by=words)


def _lock(plan: Plan) -> None:
    list(Enrolee.objects.select_for_update().filter(pk=plan["enrolee"]))


def _carry_out(plan: Plan, approval: Approval) -> None:
    enrolee = _enrolee(plan)
    persons = _same_person(enrolee)
    claims = _claims_of(persons)
    _require_free(claims)
    rows = quarantine.forget([*_named(persons), *_rows_of(claims)])
    _end_claims(claims)
    _end_persons(persons)
    signer = approval.decided_by
    actor = grant_for(signer).actor if signer else system_grant("claims").actor
    facts = {"settlements": len(claims), "rows_kept_out": rows, "asked_by": str(approval.asker_id)}
    append(action="enrolee.forgotten", actor=actor, subject=enrolee.pk, facts=facts)


@transaction.atomic
def forget(items: Sequence[UUID]) -> None:
    """Inside the transaction that ends the items: settlements that nothing else of the archive shows end with them."""
    concerned = set(Evidence.objects.filter(item__in=items).values_list("settlement_id", flat=True))
    if not concerned:
        return
    Evidence.objects.filter(item__in=items).delete()
    shown = set(Evidence.objects.filter(settlement__in=concerned).values_list("settlement_id", flat=True))
    claims = sorted(concerned - shown)
    rows = quarantine.forget(_rows_of(claims))
    _end_claims(claims)
    facts = {"settlements": len(claims), "rows_kept_out": rows}
    append(action="settlements.forgotten", actor=system_grant("claims").actor, facts=facts)


def _named(persons: Sequence[Enrolee]) -> Iterator[Row]:
    """What a row kept out of an import would say of them."""
    for one in persons:
        yield "", {"id_number": words_of(one).get("id_number", "")}
    for source in EnroleeSource.objects.filter(enrolee__in=persons):
        words = words_of_source(source)
        yield source.source, {"person": words.get("number", ""), "id_number": words.get("id_number", "")}


def _rows_of(claims: Collection[int]) -> Iterator[Row]:
    for claim, number in Settlement.objects.filter(claim__in=claims).values_list("claim", "number"):
        yield "", {"claim": str(claim)}
        yield "", {"claim": number, "number": number}


def _end_claims(claims: Collection[int]) -> None:
    _tell_history([HistoryChange(claim=claim) for claim in claims])
    ports.forget_elsewhere(claims)
    events = SettlementEvent.objects.filter(settlement__in=claims)
    forget_private(list(events.values_list("pk", flat=True)))
    events.delete()
    Evidence.objects.filter(settlement__in=claims).delete()
    BoxMove.objects.filter(claim__in=claims).update(person=None, claim=None)
    remove(list(claims))


def _end_persons(persons: Sequence[Enrolee]) -> None:
    """The person's entries, and the merges that speak of them; boxes stay sold, to nobody."""
    numbers = [one.person for one in persons]
    _tell_history([HistoryChange(person=number) for number in numbers])
    Encounter.objects.filter(person__person__in=numbers).delete()
    for model in (Box, BoxMove):
        model.objects.filter(person__in=numbers).update(person=None)
    Merge.objects.filter(Q(kept__in=persons) | Q(gone__in=persons)).delete()
    LinkCandidate.objects.filter(Q(left__in=persons) | Q(right__in=persons)).delete()
    EnroleeSource.objects.filter(enrolee__in=persons).delete()
    DatedEntry.objects.filter(id_index__in=[form for one in persons for form in forms_of(one)]).delete()
    keys = [one.pk for one in persons]
    Enrolee.objects.filter(pk__in=keys).update(merged_into=None)
    Enrolee.objects.filter(pk__in=keys).delete()
    forget_private(keys)


def _tell_history(changes: list[HistoryChange]) -> None:
    for one in changes:
        one.kind, one.made_at = HistoryChange.Kind.FORGOTTEN, now()
    HistoryChange.objects.bulk_create(changes)
