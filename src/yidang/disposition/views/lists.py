"""A destruction list's pages: each step's form where the step is due, the sheet to print and sign."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yidang.disposition import appraising, executing, kinds, listing
from yidang.disposition.models import DestructionList, ListItem, ListState
from yidang.disposition.rules import years_kept
from yidang.disposition.states import WAY, state_of
from yidang.disposition.views.common import PER_PAGE, chosen, number, status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import CHINA, today
from yidang.kernel.errors import Conflict, DomainError, Invalid
from yidang.workflow.freshness import is_fresh, renew
from yidang.workflow.models import Approval, ApprovalState
from yidang.workflow.operations import ask_approval

_SEE = (Permission.LIST_DESTRUCTION, Permission.APPROVE_DESTRUCTION, Permission.WITNESS_DESTRUCTION)


@require_GET
@permission_required(*_SEE)
def lists(request: GrantedRequest) -> HttpResponse:
    page = Paginator(listing.lists_of(request.grant), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "disposition/lists.html", {"page": page})


@require_POST
@permission_required(Permission.LIST_DESTRUCTION)
def draw(request: GrantedRequest, appraisal_id: UUID) -> HttpResponse:
    appraising.find(request.grant, appraisal_id)
    try:
        made = listing.draw(
            request.grant,
            appraisal_id=appraisal_id,
            witnesses=chosen(request, "witness"),
            wait_days=number(request, "wait_days"),
        )
    except (Invalid, Conflict) as problem:
        messages.error(request, _said(problem))
        return redirect("disposition:appraisal", appraisal_id)
    return redirect("disposition:list", made.id)


def _said(problem: DomainError) -> str:
    from django.utils.translation import get_language

    from yidang.kernel.texts import say

    return say(problem.code, "en" if get_language() == "en" else "zh", **problem.facts)


@require_GET
@permission_required(*_SEE)
def one(request: GrantedRequest, list_id: UUID) -> HttpResponse:
    return _page(request, list_id, None)


@require_GET
@permission_required(*_SEE)
def sheet(request: GrantedRequest, list_id: UUID) -> HttpResponse:
    found = listing.find(request.grant, list_id)
    lines = list(_lines(found))
    context = {
        "list": found,
        "lines": [(line, years_kept(line.candidate.year, found.drawn_at.astimezone(CHINA).year)) for line in lines],
        "pages": sum(line.candidate.page_count for line in lines),
        "witnesses": found.witnesses.select_related("staff"),
        "bureau": settings.YIDANG.bureau_name,
    }
    return render(request, "disposition/list_sheet.html", context)


@require_POST
@permission_required(Permission.FILE_DESTRUCTION)
def put_on_record(request: GrantedRequest, list_id: UUID) -> HttpResponse:
    given = request.POST
    try:
        listing.put_on_record(
            request.grant,
            list_id=list_id,
            office=given.get("office", ""),
            number=given.get("number", ""),
            on=_day(request),
        )
    except (Invalid, Conflict) as problem:
        return _page(request, list_id, problem)
    messages.success(request, _("The list is on record."))
    return redirect("disposition:list", list_id)


def _day(request: HttpRequest) -> date:
    """Raises Invalid: `filing_words_missing`."""
    try:
        return date.fromisoformat(request.POST.get("on", ""))
    except ValueError:
        raise Invalid("filing_words_missing") from None


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.LIST_DESTRUCTION)
def ask(request: GrantedRequest, list_id: UUID) -> HttpResponse:
    found = listing.find(request.grant, list_id)
    reason = request.POST.get("reason", "")
    try:
        asked = ask_approval(
            grant=request.grant, kind=kinds.DESTRUCTION, plan={"list": str(found.id)}, reason=reason, subject=found.id
        )
    except (Invalid, Conflict) as problem:
        return _page(request, list_id, problem)
    messages.success(request, _("Approval %(number)s was asked for.") % {"number": asked.number})
    return redirect("disposition:list", list_id)


@require_POST
@permission_required(Permission.WITNESS_DESTRUCTION)
def witness(request: GrantedRequest, list_id: UUID) -> HttpResponseBase:
    listing.find(request.grant, list_id)
    if not is_fresh(request):
        return renew(reverse("disposition:list", args=[list_id]))
    try:
        listing.witness(request.grant, list_id=list_id, second_factor_fresh=True)
    except (Invalid, Conflict) as problem:
        return _page(request, list_id, problem)
    messages.success(request, _("You signed as a witness."))
    return redirect("disposition:list", list_id)


@require_POST
@permission_required(Permission.CARRY_OUT_DESTRUCTION)
def carry_out(request: GrantedRequest, list_id: UUID) -> HttpResponseBase:
    listing.find(request.grant, list_id)
    if not is_fresh(request):
        return renew(reverse("disposition:list", args=[list_id]))
    try:
        executing.begin(request.grant, list_id=list_id, second_factor_fresh=True)
    except (Invalid, Conflict) as problem:
        return _page(request, list_id, problem)
    executing.advance()
    return redirect("disposition:list", list_id)


@require_POST
@permission_required(Permission.LIST_DESTRUCTION)
def withdraw(request: GrantedRequest, list_id: UUID) -> HttpResponse:
    try:
        listing.withdraw(request.grant, list_id=list_id)
    except Conflict as problem:
        return _page(request, list_id, problem)
    messages.success(request, _("The list was withdrawn. Nothing is destroyed."))
    return redirect("disposition:list", list_id)


def _lines(found: DestructionList) -> QuerySet[ListItem]:
    return found.items.select_related("candidate__series")


def _page(request: GrantedRequest, list_id: UUID, problem: DomainError | None) -> HttpResponse:
    found = listing.find(request.grant, list_id)
    state = state_of(found)
    witnesses = list(found.witnesses.select_related("staff"))
    mine = next((one for one in witnesses if one.staff_id == request.grant.staff_id), None)
    asked = Approval.objects.filter(subject=found.id, kind=kinds.DESTRUCTION, state=ApprovalState.ASKED).first()
    context = {
        "list": found,
        "step": state.step,
        "may_step": state.permission is None or request.grant.allows(state.permission),
        "can_withdraw": state.can_be_withdrawn and request.grant.allows(Permission.LIST_DESTRUCTION),
        "way": _way(found),
        "witnesses": witnesses,
        "mine": mine,
        "asked": asked,
        "has_waited": bool(found.not_before and today() >= found.not_before),
        "page": Paginator(_lines(found), PER_PAGE).get_page(request.GET.get("page")),
        "kept": found.items.exclude(kept_because="").count(),
        "today": today(),
        "problem": problem,
    }
    return render(request, "disposition/list.html", context, status=status(problem))


def _way(found: DestructionList) -> list[dict[str, object]]:
    codes = [state.code for state in WAY]
    here = codes.index(found.state) if found.state != ListState.WITHDRAWN else -1
    return [{"code": code, "is_past": place < here, "is_here": place == here} for place, code in enumerate(codes)]
