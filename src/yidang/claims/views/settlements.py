"""The list of settlements and one of them."""

from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.claims import evidence, queries
from yidang.claims.models.settlements import Visit
from yidang.claims.views.common import PER_PAGE, day, status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound
from yidang.ledger.operations import append

_KEPT = ("number", "provider", "visit", "since", "until", "reversed")


@sensitive_post_parameters("id_number")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_CLAIMS)
def listed(request: GrantedRequest) -> HttpResponse:
    """A person is asked for by POST: an ID number stands in no address."""
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            return redirect("claims:enrolee", queries.find_person(request.grant, request.POST.get("id_number", "")).id)
        except NotFound as refusal:
            problem = refusal
    return _list(request, problem)


@transaction.atomic
def _list(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    given = {name: request.GET.get(name, "")[:60] for name in _KEPT}
    wanted = queries.Wanted(
        number=given["number"],
        provider=given["provider"],
        visit=given["visit"],
        since=day(given["since"]),
        until=day(given["until"]),
        only_reversed=bool(given["reversed"]),
    )
    page = Paginator(queries.settlements(request.grant, wanted), PER_PAGE).get_page(request.GET.get("page"))
    facts = {"page": page.number, "shown": len(page.object_list)}
    append(action="settlements.listed", actor=request.grant.actor, facts=facts)
    kept = urlencode({name: value for name, value in given.items() if value})
    context = {
        "page": page,
        "typed": given,
        "visits": Visit.values,
        "kept_query": f"{kept}&" if kept else "",
        "problem": problem,
    }
    return render(request, "claims/settlements.html", context, status=status(problem))


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_CLAIMS)
def one(request: GrantedRequest, claim: int) -> HttpResponse:
    """By POST, with a reason, its masks lifted."""
    if request.method == "GET":
        return _one(request, claim)
    try:
        return _one(request, claim, reason=request.POST.get("reason", "").strip() or " ")
    except Invalid as problem:
        return _one(request, claim, problem=problem)


def _one(request: GrantedRequest, claim: int, *, reason: str = "", problem: DomainError | None = None) -> HttpResponse:
    account = queries.account_of(request.grant, claim, reason=reason)
    context = {
        "account": account,
        "one": account.settlement,
        "evidence": evidence.with_items(request.grant, account.evidence),
        "problem": problem,
    }
    return render(request, "claims/settlement.html", context, status=status(problem))


@require_POST
@permission_required(Permission.SEE_CLAIMS)
def link(request: GrantedRequest, claim: int) -> HttpResponse:
    page = request.POST.get("page", "")
    try:
        evidence.link(
            grant=request.grant,
            claim=claim,
            code=request.POST.get("code", ""),
            page=int(page) if page.isdecimal() and len(page) < 6 and int(page) else None,  # noqa: PLR2004
        )
    except (NotFound, Conflict) as problem:
        return _one(request, claim, problem=problem)
    messages.success(request, _("The record is evidence of this settlement now."))
    return redirect("claims:settlement", claim)


@require_POST
@permission_required(Permission.SEE_CLAIMS)
def unlink(request: GrantedRequest, evidence_id: UUID) -> HttpResponse:
    claim = evidence.unlink(grant=request.grant, evidence_id=evidence_id)
    messages.success(request, _("The link is taken back."))
    return redirect("claims:settlement", claim)


@require_GET
@permission_required(Permission.SEE_CLAIMS)
def before(request: GrantedRequest, claim: int, number: int) -> HttpResponse:
    """What stood before a correction or reversal: amounts and lines, no diagnosis."""
    event, words = queries.event_of(request.grant, claim, number)
    return render(request, "claims/before.html", {"event": event, "words": words, "claim": claim})
