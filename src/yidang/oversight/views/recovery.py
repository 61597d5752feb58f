"""What is to be paid back, what came, and the end of a case."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, Invalid, NotAllowed
from yidang.kernel.money import parse_yuan
from yidang.oversight.cases import filing, recovering
from yidang.oversight.views.case_page import page
from yidang.oversight.views.common import day


@require_POST
@permission_required(Permission.REVIEW_FINDINGS)
def plan(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    try:
        rows = _instalments(request.POST.get("instalments", ""))
        recovering.plan_recovery(grant=request.grant, case_id=case_id, instalments=rows)
    except (Invalid, Conflict) as problem:
        return page(request, case_id, problem)
    messages.success(request, _("The instalments stand."))
    return redirect("oversight:case", case_id)


def _instalments(text: str) -> list[tuple[date, int]]:
    """One a line: day and yuan. Raises Invalid: `instalment_unread`."""
    return [_instalment(row, line) for row, line in enumerate(text.splitlines(), start=1) if line.strip()]


def _instalment(row: int, line: str) -> tuple[date, int]:
    on, _blank, yuan = line.strip().partition(" ")
    try:
        return day(on, "instalment_unread"), parse_yuan(yuan.strip())
    except Invalid:
        raise Invalid("instalment_unread", row=row) from None


@require_POST
@permission_required(Permission.REVIEW_FINDINGS)
def enter(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    given = request.POST
    try:
        recovering.enter_payment(
            grant=request.grant,
            case_id=case_id,
            paid_on=day(given.get("paid_on", ""), "payment_wrong"),
            amount_fen=parse_yuan(given.get("amount", "")),
            voucher=given.get("voucher", ""),
            is_refund=given.get("way") == "refund",
        )
    except (Invalid, Conflict) as problem:
        return page(request, case_id, problem)
    messages.success(request, _("The payment is entered; somebody else confirms it."))
    return redirect("oversight:case", case_id)


@require_POST
@permission_required(Permission.REVIEW_FINDINGS, Permission.SIGN_DECISIONS)
def confirm(request: GrantedRequest, case_id: UUID, payment_id: UUID) -> HttpResponse:
    try:
        recovering.confirm_payment(grant=request.grant, case_id=case_id, payment_id=payment_id)
    except (Conflict, NotAllowed) as problem:
        return page(request, case_id, problem)
    messages.success(request, _("The payment is confirmed."))
    return redirect("oversight:case", case_id)


@require_POST
@permission_required(Permission.REVIEW_FINDINGS)
def close(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    try:
        filing.close_case(grant=request.grant, case_id=case_id)
    except (Invalid, Conflict) as problem:
        return page(request, case_id, problem)
    messages.success(request, _("The case is closed, its papers are on their way into the archive."))
    return redirect("oversight:case", case_id)
