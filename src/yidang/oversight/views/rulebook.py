"""The rule book, and one rule: what it says, what it found, and letting it go on after a review."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.names import names_of
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid
from yidang.oversight.desk import standing
from yidang.oversight.desk.citing import citation_of
from yidang.oversight.rules.rule import Rule
from yidang.oversight.views.common import status


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
def rules(request: GrantedRequest) -> HttpResponse:
    return render(request, "oversight/rules.html", {"rules": standing.standings(request.grant)})


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_OVERSIGHT)
def rule(request: GrantedRequest, rule: str) -> HttpResponse:
    found = standing.rule_named(rule)
    if request.method == "GET":
        return _page(request, found, None)
    try:
        standing.restore(grant=request.grant, code=rule, reason=request.POST.get("reason", ""))
    except (Invalid, Conflict) as problem:
        return _page(request, found, problem)
    messages.success(request, _("The rule goes on."))
    return redirect("oversight:rule", rule)


def _page(request: GrantedRequest, found: Rule, problem: DomainError | None) -> HttpResponse:
    reviews = standing.reviews_of(found)
    names = names_of(review.actor for review, _words in reviews)
    stands = standing.standing_of(request.grant, found)
    context = {
        "stands": stands,
        "most": max((month.hits for month in stands.months), default=0),
        "law": citation_of(found.id).law,
        "reviews": [(review, names[review.actor], words) for review, words in reviews],
        "least": standing.LEAST_SHARE,
        "enough": standing.ENOUGH,
        "problem": problem,
    }
    return render(request, "oversight/rule.html", context, status=status(problem))
