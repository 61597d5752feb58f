"""What comes back: instalments agreed, money entered by one person and confirmed by another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.oversight.cases import rules
from yidang.oversight.cases.models import Case, CaseState, Instalment, Payment
from yidang.oversight.cases.steps import address_of, carried, find_case, note_step, require_step
from yidang.workflow.operations import meet_deadline, set_deadline

DUE = "recovery_due"
MOST_INSTALMENTS = 36


@dataclass(frozen=True, slots=True)
class Recovery:
    due_fen: int
    paid_fen: int
    waiting_fen: int
    behind_fen: int

    @property
    def open_fen(self) -> int:
        return max(self.due_fen - self.paid_fen, 0)

    @property
    def share(self) -> float:
        return self.paid_fen / self.due_fen if self.due_fen else 1.0


@transaction.atomic
def plan_recovery(*, grant: Grant, case_id: UUID, instalments: Sequence[tuple[date, int]]) -> Case:
    """In place of what was planned before. Raises Invalid `instalments_wrong` unless they make up what is due."""
    case = carried(grant, case_id, "plan")
    amounts = [amount for _, amount in instalments]
    if len(instalments) > MOST_INSTALMENTS or not rules.covers(amounts, case.due_fen):
        raise Invalid("instalments_wrong", due=case.due_fen)
    case.instalments.all().delete()
    ordered = sorted(instalments)
    Instalment.objects.bulk_create(
        [
            Instalment(case=case, ordinal=place, due_on=due, amount_fen=fen)
            for place, (due, fen) in enumerate(ordered, 1)
        ]
    )
    case.state = CaseState.RECOVERING
    case.save(update_fields=["state"])
    note_step(case, "recovery_planned", grant, facts={"instalments": len(ordered), "fen": case.due_fen})
    _remind(case, grant)
    return case


def _remind(case: Case, grant: Grant) -> None:
    meet_deadline(kind=DUE, subject=case.id)
    for one in case.instalments.filter(due_on__gte=today()):
        set_deadline(
            kind=DUE,
            due_on=one.due_on,
            subject=case.id,
            subject_url=address_of(case),
            number=case.name,
            assignee=grant.person,
        )


@transaction.atomic
def enter_payment(*, grant: Grant, case_id: UUID, paid_on: date, amount_fen: int, voucher: str) -> Payment:
    """Raises Invalid `payment_wrong`; Conflict `voucher_known`."""
    case = carried(grant, case_id, "pay")
    if amount_fen <= 0 or paid_on > today() or not voucher.strip():
        raise Invalid("payment_wrong")
    if case.payments.filter(voucher=voucher.strip()[:40]).exists():
        raise Conflict("voucher_known")
    made = Payment.objects.create(
        case=case,
        paid_on=paid_on,
        amount_fen=amount_fen,
        voucher=voucher.strip()[:40],
        entered_by_id=grant.person,
        entered_at=now(),
    )
    note_step(case, "payment_entered", grant, facts={"fen": amount_fen, "on": paid_on.isoformat()})
    return made


@transaction.atomic
def confirm_payment(*, grant: Grant, case_id: UUID, payment_id: UUID) -> Payment:
    """By another than who entered it.

    Raises NotAllowed `not_allowed`, `payment_own`; NotFound `payment_not_found`; Conflict `payment_confirmed`.
    """
    if not grant.allows(Permission.SIGN_DECISIONS):
        grant.require(Permission.REVIEW_FINDINGS)
    case = find_case(grant, case_id, lock=True)
    require_step(case, "pay")
    found = case.payments.select_for_update().filter(pk=payment_id).first()
    if found is None:
        raise NotFound("payment_not_found")
    if found.entered_by_id == grant.person:
        raise NotAllowed("payment_own")
    if found.confirmed_at is not None:
        raise Conflict("payment_confirmed")
    found.confirmed_by_id, found.confirmed_at = grant.person, now()
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    note_step(case, "payment_confirmed", grant, facts={"fen": found.amount_fen})
    return found


def recovery_of(case: Case) -> Recovery:
    rows = case.payments
    paid = rows.filter(confirmed_at__isnull=False).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    waiting = rows.filter(confirmed_at__isnull=True).aggregate(fen=Sum("amount_fen"))["fen"] or 0
    planned = list(case.instalments.values_list("due_on", "amount_fen"))
    return Recovery(case.due_fen, paid, waiting, rules.behind_fen(planned, paid, today()))
