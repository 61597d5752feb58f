"""Hearing, the decision proposed, the notice."""

from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, Invalid
from yidang.oversight.cases import deciding, filing, overturning
from yidang.oversight.cases.deciding import Proposal
from yidang.oversight.cases.overturning import Fall
from yidang.oversight.views.case_page import page
from yidang.oversight.views.common import chosen

_MOST_CODES = 20


@sensitive_post_parameters("words")
@require_POST
@permission_required(Permission.REVIEW_FINDINGS)
def hear(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    words, came = request.POST.get("words", ""), request.POST.get("came") == "yes"
    try:
        deciding.hear(grant=request.grant, case_id=case_id, words=words, came=came)
    except (Invalid, Conflict) as problem:
        return page(request, case_id, problem)
    messages.success(request, _("The hearing is on record."))
    return redirect("oversight:case", case_id)


@sensitive_post_parameters("words")
@require_POST
@permission_required(Permission.REVIEW_FINDINGS)
def propose(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    try:
        asked = deciding.propose(grant=request.grant, case_id=case_id, proposal=_proposal(request))
    except (Invalid, Conflict) as problem:
        return page(request, case_id, problem)
    messages.success(request, _("Approval %(number)s was asked for.") % {"number": asked.number})
    return redirect("oversight:case", case_id)


def _proposal(request: GrantedRequest) -> Proposal:
    given = request.POST
    return Proposal(
        outcome=given.get("outcome", ""),
        words=given.get("words", ""),
        behaviour=given.get("behaviour", ""),
        ratio=_ratio(given.get("ratio", "")),
        upheld=chosen(request, "upheld", "decision_without_doubt"),
        staff=[code[:20] for code in given.getlist("staff")[:_MOST_CODES] if code],
    )


def _ratio(text: str) -> Decimal:
    """What is no number is allowed by no behaviour."""
    try:
        found = Decimal(text or "0")
    except InvalidOperation:
        return Decimal(-1)
    return found.quantize(Decimal("0.01")) if found.is_finite() and abs(found) < 100 else Decimal(-1)  # noqa: PLR2004


@require_POST
@permission_required(Permission.SEE_OVERSIGHT)
def notice(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    try:
        content = filing.hand_out_notice(grant=request.grant, case_id=case_id)
    except Conflict as problem:
        return page(request, case_id, problem)
    return _pdf(content, "notice")


@sensitive_post_parameters("words")
@require_POST
@permission_required(Permission.REVIEW_FINDINGS)
def overturn(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    """The first of two words that a decision stands no longer, in whole or in part."""
    given = request.POST
    try:
        fall = Fall(
            ground=given.get("ground", ""),
            words=given.get("words", ""),
            fallen=chosen(request, "fallen", "overturn_without_doubt"),
        )
        asked = overturning.ask_to_overturn(grant=request.grant, case_id=case_id, fall=fall)
    except (Invalid, Conflict) as problem:
        return page(request, case_id, problem)
    messages.success(request, _("Approval %(number)s was asked for.") % {"number": asked.number})
    return redirect("oversight:case", case_id)


@require_POST
@permission_required(Permission.SEE_OVERSIGHT)
def fall_letter(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    try:
        content = filing.hand_out_fall(grant=request.grant, case_id=case_id)
    except Conflict as problem:
        return page(request, case_id, problem)
    return _pdf(content, "fall")


@require_POST
@permission_required(Permission.SEE_OVERSIGHT)
def request_letter(request: GrantedRequest, case_id: UUID, request_id: UUID) -> HttpResponse:
    content = filing.hand_out_request(grant=request.grant, case_id=case_id, request_id=request_id)
    return _pdf(content, "request")


def _pdf(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return answer
