"""Terms that are not certain, and asking for them to be confirmed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yidang.disposition import kinds
from yidang.disposition.blockers import unverified_rules
from yidang.disposition.models import TermConfirmation
from yidang.disposition.views.common import status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid
from yidang.workflow.operations import ask_approval


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.KEEP_INSTRUMENT, Permission.CONFIRM_TERMS)
def terms(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, None)
    given = request.POST
    version, _mark, code = given.get("rule", "").partition("|")
    plan = {"version": version, "rule": code, "term": given.get("term", ""), "source": given.get("source", "")}
    try:
        asked = ask_approval(grant=request.grant, kind=kinds.TERM, plan=plan, reason=given.get("reason", ""))
    except (Invalid, Conflict) as problem:
        return _page(request, problem)
    messages.success(request, _("Approval %(number)s was asked for.") % {"number": asked.number})
    return redirect("disposition:terms")


def _page(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    context = {
        "rules": unverified_rules(),
        "confirmed": TermConfirmation.objects.select_related("asked_by", "confirmed_by").order_by("-at"),
        "problem": problem,
    }
    return render(request, "disposition/terms.html", context, status=status(problem))
