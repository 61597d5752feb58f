"""利用效果: what came of it, told by who used it, and the register of use."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from yidang.access.lending.asking import locked
from yidang.access.lending.models import LoanState, Use
from yidang.access.lending.opening import TELL_EFFECT
from yidang.access.lending.rules import EFFECTS
from yidang.access.lending.states import state_of
from yidang.access.lending.words import shortened
from yidang.crypto.fields import open_json, seal_json
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append
from yidang.workflow.operations import close_tasks

_TABLE = "access_use"


@transaction.atomic
def register_effect(grant: Grant, *, loan_id: UUID, effect: str, note: str = "") -> Use:
    """By the borrower, or by an archivist for one who left; closes the loan.

    Raises: Conflict: `loan_step_wrong`. NotAllowed: `loan_not_yours`. Invalid: `use_effect_missing`.
    """
    loan = locked(loan_id)
    state_of(loan).require("tell_effect", grant)
    if loan.borrower_id != grant.staff_id and not grant.allows(Permission.DESCRIBE):
        raise NotAllowed("loan_not_yours")
    use = _tell(grant, Use.objects.select_for_update().get(loan=loan), effect, note)
    loan.state, loan.closed_at = LoanState.CLOSED, clock.now()
    loan.save()
    close_tasks(kind=TELL_EFFECT, subject=loan.id, actor=grant.actor)
    return use


@transaction.atomic
def register_effect_of_copy(grant: Grant, *, number: str, effect: str, note: str = "") -> Use:
    """Raises NotFound: `copy_not_found`. Conflict: `use_effect_told`. Invalid: `use_effect_missing`."""
    grant.require(Permission.DOWNLOAD)
    use = Use.objects.select_for_update().filter(copy=number).first()
    if use is None:
        raise NotFound("copy_not_found")
    if use.effect:
        raise Conflict("use_effect_told")
    return _tell(grant, use, effect, note)


def _tell(grant: Grant, use: Use, effect: str, note: str) -> Use:
    if effect not in EFFECTS:
        raise Invalid("use_effect_missing")
    use.effect, use.effect_at = effect, clock.now()
    if note.strip():
        use.sealed_effect = seal_json(shortened(note), table=_TABLE, row=str(use.id), field="effect")
    use.save()
    facts = {"number": use.number, "effect": effect}
    append(action="use.effect", actor=grant.actor, subject=use.id, facts=facts)
    return use


def effect_of(use: Use) -> str:
    if use.sealed_effect is None:
        return ""
    return str(open_json(bytes(use.sealed_effect), table=_TABLE, row=str(use.id), field="effect"))


def register_of(grant: Grant, *, first: date, last: date) -> QuerySet[Use]:
    """利用登记簿: all to the archive, to others what they used themselves."""
    uses = Use.objects.filter(used_on__range=(first, last)).select_related("by", "department", "loan")
    if not sees_all(grant):
        uses = uses.filter(by=grant.staff_id)
    return uses.order_by("-used_on", "-number")


def sees_all(grant: Grant) -> bool:
    return grant.departments is None and grant.allows(Permission.APPROVE_LOAN)
