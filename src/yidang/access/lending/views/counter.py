"""借还台 and the overdue board."""

from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yidang.access.lending import counter, queries
from yidang.access.lending.models import Loan, LoanState
from yidang.access.lending.views.common import said
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid


@require_GET
@permission_required(Permission.HAND_OVER_LOAN)
def desk(request: GrantedRequest) -> HttpResponse:
    context = {
        "ready": queries.at_counter(request.grant, LoanState.READY),
        "out": queries.at_counter(request.grant, LoanState.OUT),
        "now": clock.now(),
    }
    return render(request, "access/lending/counter.html", context)


@require_GET
@permission_required(Permission.HAND_OVER_LOAN, Permission.APPROVE_LOAN)
def overdue(request: GrantedRequest) -> HttpResponse:
    now = clock.now()
    late = counter.overdue(request.grant).prefetch_related("records")
    rows = [(loan, (now - loan.until).days) for loan in late if loan.until]
    return render(request, "access/lending/overdue.html", {"rows": rows})


@sensitive_post_parameters("note")
@require_POST
@permission_required(Permission.HAND_OVER_LOAN)
def hand_over(request: GrantedRequest, loan_id: UUID) -> HttpResponse:
    return _across(request, loan_id, counter.hand_over_loan, _("The paper was handed over."))


@sensitive_post_parameters("note")
@require_POST
@permission_required(Permission.HAND_OVER_LOAN)
def take_back(request: GrantedRequest, loan_id: UUID) -> HttpResponse:
    return _across(request, loan_id, counter.take_back_loan, _("The paper is back."))


def _across(request: GrantedRequest, loan_id: UUID, step: Callable[..., Loan], done: str) -> HttpResponse:
    """Paper goes over the counter, one way or the other, with a word on its condition."""
    queries.get_loan(request.grant, loan_id)
    given = request.POST
    try:
        step(request.grant, loan_id=loan_id, condition=given.get("condition", ""), note=given.get("note", ""))
    except (Invalid, Conflict) as problem:
        messages.error(request, said(problem.code, **problem.facts))
    else:
        messages.success(request, done)
    return redirect("lending:loan", loan_id)


@require_POST
@permission_required(Permission.HAND_OVER_LOAN)
def chase(request: GrantedRequest, loan_id: UUID) -> HttpResponse:
    queries.get_loan(request.grant, loan_id)
    try:
        counter.chase_loan(request.grant, loan_id=loan_id)
    except Conflict as problem:
        messages.error(request, said(problem.code, **problem.facts))
        return redirect("lending:loan", loan_id)
    messages.success(request, _("The borrower and the head of the section were told."))
    return redirect("lending:loan_letter", loan_id)


@require_GET
@permission_required(Permission.HAND_OVER_LOAN)
def letter(request: GrantedRequest, loan_id: UUID) -> HttpResponse:
    """催还单, to print."""
    loan = queries.get_loan(request.grant, loan_id)
    context = {
        "loan": loan,
        "records": loan.records.all(),
        "today": clock.today(),
        "bureau": settings.YIDANG.bureau_name,
    }
    return render(request, "access/lending/letter.html", context)
