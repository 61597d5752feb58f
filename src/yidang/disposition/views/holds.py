"""Holds: which stand, placing one, asking for one to be lifted."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yidang.disposition import holding, kinds
from yidang.disposition.models import HoldOrder
from yidang.disposition.views.common import PER_PAGE, number, status
from yidang.holdings import doubt
from yidang.holdings.choices import series_choices
from yidang.holdings.models import Hold
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound
from yidang.workflow.operations import ask_approval
from yidang.workflow.queries import standing


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@permission_required(Permission.HOLD_RECORDS)
def holds(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, None)
    try:
        _place(request)
    except (Invalid, NotFound) as problem:
        return _page(request, problem)
    messages.success(request, _("The hold stands."))
    return redirect("disposition:holds")


def _place(request: GrantedRequest) -> HoldOrder:
    """Raises Invalid: `hold_words_missing` and as `holding`."""
    given, reason = request.POST, request.POST.get("reason", "")
    kind = given.get("kind")
    if kind == HoldOrder.Kind.PERSON:
        return holding.place_on_person(request.grant, person=given.get("person", ""), reason=reason)
    if kind == HoldOrder.Kind.PERIOD:
        return holding.place_on_period(
            request.grant,
            series=given.get("series", ""),
            first_year=number(request, "first_year"),
            last_year=number(request, "last_year"),
            reason=reason,
        )
    codes = given.get("codes", "").splitlines()
    return holding.place_on_case(request.grant, case=given.get("case", ""), codes=codes, reason=reason)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.HOLD_RECORDS)
def lift(request: GrantedRequest, order_id: UUID) -> HttpResponse:
    plan, reason = {"order": str(order_id)}, request.POST.get("reason", "")
    try:
        _require_unasked(order_id)
        asked = ask_approval(grant=request.grant, kind=kinds.LIFT, plan=plan, reason=reason, subject=order_id)
    except (Invalid, Conflict) as problem:
        return _page(request, problem)
    messages.success(request, _("Approval %(number)s was asked for.") % {"number": asked.number})
    return redirect("disposition:holds")


def _require_unasked(order_id: UUID) -> None:
    """Raises Conflict: `hold_lifting_asked`."""
    asked = standing(kinds.LIFT, order_id)
    if asked:
        raise Conflict("hold_lifting_asked", number=asked.number)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.HOLD_RECORDS)
def confirm(request: GrantedRequest) -> HttpResponse:
    """After a rebuild: two people say that what must be held is held."""
    found, reason = doubt.standing(), request.POST.get("reason", "")
    plan = {"doubt": str(found.id) if found else ""}
    try:
        asked = ask_approval(grant=request.grant, kind=kinds.CERTAIN, plan=plan, reason=reason, subject=doubt.HOLDS)
    except (Invalid, Conflict) as problem:
        return _page(request, problem)
    messages.success(request, _("Approval %(number)s was asked for.") % {"number": asked.number})
    return redirect("disposition:holds")


def _page(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    orders = HoldOrder.objects.select_related("placed_by", "lift_allowed_by", "series").order_by("-number")
    page = Paginator(orders, PER_PAGE).get_page(request.GET.get("page"))
    wanted = [order.id for order in page.object_list]
    held = dict(Hold.objects.filter(reference__in=wanted).values_list("reference").annotate(n=Count("pk")))
    context = {
        "page": page,
        "doubt": doubt.standing(),
        "rows": [
            {
                "order": order,
                "words": holding.words_of(order),
                "items": held.get(order.id, 0),
                "asked": standing(kinds.LIFT, order.id),
            }
            for order in page.object_list
        ],
        "choices": series_choices(),
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "disposition/holds.html", context, status=status(problem))
