"""What comes back: instalments agreed, money entered by one person and confirmed by another.

Where a decision fell after it was paid, the same way leads back: the bureau pays what it owes the institution.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now, today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.kernel.money import format_yuan
from yidang.oversight.cases import rules
from yidang.oversight.cases.models import Case, CaseState, Instalment, Payment
from yidang.oversight.cases.steps import address_of, carried, find_case, note_step, require_step
from yidang.workflow.operations import meet_deadline, set_deadline

DUE = "recovery_due"
MOST_INSTALMENTS = 36


@dataclass(frozen=True, slots=True)
class Recovery:
    """`paid_fen`: what the institution paid, less what it was given back; both as two persons confirmed it."""

    due_fen: int
    paid_fen: int
    waiting_fen: int
    behind_fen: int

    @property
    def open_fen(self) -> int:
        return max(self.due_fen - self.paid_fen, 0)

    @property
    def owed_fen(self) -> int:
        """Paid for what stands no longer."""
        return max(self.paid_fen - self.due_fen, 0)

    @property
    def share(self) -> float:
        return min(self.paid_fen / self.due_fen, 1.0) if self.due_fen else 1.0


@transaction.atomic
def plan_recovery(*, grant: Grant, case_id: UUID, instalments: Sequence[tuple[date, int]]) -> Case:
    """In place of what was planned before. Raises Invalid `instalments_wrong` unless they make up what is due."""
    case = carried(grant, case_id, "plan")
    amounts = [amount for _, amount in instalments]
    if len(instalments) > MOST_INSTALMENTS or not rules.covers(amounts, case.due_fen):
        raise Invalid("instalments_wrong", due=format_yuan(case.due_fen))
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
def enter_payment(
    *, grant: Grant, case_id: UUID, paid_on: date, amount_fen: int, voucher: str, is_refund: bool = False
) -> Payment:
    """From the institution, or to it.

    Raises Invalid `payment_wrong`, `refund_beyond`; Conflict `voucher_known`.
    """
    case = carried(grant, case_id, "refund" if is_refund else "pay")
    if amount_fen <= 0 or paid_on > today() or not voucher.strip():
        raise Invalid("payment_wrong")
    if is_refund and amount_fen > _left_to_refund(case):
        raise Invalid("refund_beyond", owed=format_yuan(_left_to_refund(case)))
    if case.payments.filter(voucher=voucher.strip()[:40]).exists():
        raise Conflict("voucher_known")
    made = Payment.objects.create(
        case=case,
        paid_on=paid_on,
        amount_fen=amount_fen,
        voucher=voucher.strip()[:40],
        is_refund=is_refund,
        entered_by_id=grant.person,
        entered_at=now(),
    )
    step = "refund_entered" if is_refund else "payment_entered"
    note_step(case, step, grant, facts={"fen": amount_fen, "on": paid_on.isoformat()})
    return made


def _left_to_refund(case: Case) -> int:
    waiting = _sum(case, confirmed_at__isnull=True, is_refund=True)
    return max(recovery_of(case).owed_fen - waiting, 0)


@transaction.atomic
def confirm_payment(*, grant: Grant, case_id: UUID, payment_id: UUID) -> Payment:
    """By another than who entered it.

    Raises NotAllowed `not_allowed`, `payment_own`; NotFound `payment_not_found`; Conflict `payment_confirmed`.
    """
    if not grant.allows(Permission.SIGN_DECISIONS):
        grant.require(Permission.REVIEW_FINDINGS)
    case = find_case(grant, case_id, lock=True)
    require_step(case, "refund")  # allowed wherever a payment is: one entered before the decision fell is still money
    found = case.payments.select_for_update().filter(pk=payment_id).first()
    if found is None:
        raise NotFound("payment_not_found")
    if found.entered_by_id == grant.person:
        raise NotAllowed("payment_own")
    if found.confirmed_at is not None:
        raise Conflict("payment_confirmed")
    found.confirmed_by_id, found.confirmed_at = grant.person, now()
    found.save(update_fields=["confirmed_by", "confirmed_at"])
    step = "refund_confirmed" if found.is_refund else "payment_confirmed"
    note_step(case, step, grant, facts={"fen": found.amount_fen})
    return found


def recovery_of(case: Case) -> Recovery:
    paid = _sum(case, confirmed_at__isnull=False, is_refund=False)
    refunded = _sum(case, confirmed_at__isnull=False, is_refund=True)
    waiting = _sum(case, confirmed_at__isnull=True, is_refund=False)
    planned = list(case.instalments.values_list("due_on", "amount_fen"))
    net = paid - refunded
    return Recovery(case.due_fen, net, waiting, rules.behind_fen(planned, net, today()))


def _sum(case: Case, **of: object) -> int:
    return int(case.payments.filter(**of).aggregate(fen=Sum("amount_fen"))["fen"] or 0)
