"""What a decision says, entered by the first person: points, a measure, a repair, a term, a file of many."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yidang.credit import asking, importing, queries, terms
from yidang.credit.asking import Ruling
from yidang.credit.models import Profession, Responsibility, Series
from yidang.credit.views.common import day, names_of, number, status, told
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid

_MOST_BYTES = 4 << 20
_ASKED = {"end": asking.enter_end_of_confirmation}


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SCORE_CREDIT)
def deduction(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _form(request, None)
    given = request.POST
    try:
        made = asking.enter_deduction(
            grant=request.grant,
            ruling=_ruling(request),
            code=given.get("code", ""),
            profession=given.get("profession", ""),
            provider=given.get("provider", ""),
            behaviour=given.get("behaviour", ""),
            responsibility=given.get("responsibility", ""),
            months=number(request, "months"),
            offer=_offer(given.get("offer", "")),
        )
    except (Conflict, Invalid) as problem:
        return _form(request, problem)
    return _entered(request, made.subject_id)


def _offer(given: str) -> UUID | None:
    try:
        return UUID(given)
    except ValueError:
        return None


@sensitive_post_parameters("id_number")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.SCORE_CREDIT)
def measure(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _form(request, None, of_persons=True)
    try:
        made = asking.enter_measure(
            grant=request.grant,
            ruling=_ruling(request),
            id_number=request.POST.get("id_number", ""),
            behaviour=request.POST.get("behaviour", ""),
            months=number(request, "months"),
        )
    except (Conflict, Invalid) as problem:
        return _form(request, problem, of_persons=True)
    return _entered(request, made.subject_id)


@sensitive_post_parameters("id_number")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.SCORE_CREDIT)
def person_points(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _form(request, None, of_persons=True, are_points=True)
    try:
        made = asking.enter_person_points(
            grant=request.grant,
            ruling=_ruling(request),
            id_number=request.POST.get("id_number", ""),
            behaviour=request.POST.get("behaviour", ""),
        )
    except (Conflict, Invalid) as problem:
        return _form(request, problem, of_persons=True, are_points=True)
    return _entered(request, made.subject_id)


@require_POST
@permission_required(Permission.SCORE_CREDIT)
def repair(request: GrantedRequest, subject_id: UUID) -> HttpResponse:
    try:
        asking.enter_repair(
            grant=request.grant,
            subject_id=subject_id,
            activity=request.POST.get("activity", ""),
            done_on=day(request, "done_on"),
        )
    except (Conflict, Invalid) as problem:
        return _told(request, problem, subject_id)
    return _entered(request, subject_id)


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_CREDIT)
def terms_page(request: GrantedRequest) -> HttpResponse:
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            asked = _ASKED.get(request.POST.get("word", ""), asking.enter_confirmation)
            asked(grant=request.grant, term=request.POST.get("term", ""))
        except (Conflict, Invalid) as refusal:
            problem = refusal
        else:
            messages.success(request, _("A second person confirms it now."))
            return redirect("credit:terms")
    context = {
        "rows": queries.terms_shown(request.grant),
        "problem": problem,
        "may_ask": request.grant.allows(Permission.SCORE_CREDIT),
    }
    return render(request, "credit/terms.html", context, status=status(problem))


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SCORE_CREDIT)
def take_file(request: GrantedRequest) -> HttpResponse:
    taken, problem = None, None
    if request.method == "POST":
        try:
            taken = importing.take(grant=request.grant, **_file(request))
        except Invalid as refusal:
            problem = refusal
    context = {"taken": taken, "problem": problem, "columns": importing.COLUMNS, "most": importing.MOST_ROWS}
    return render(request, "credit/import.html", context, status=status(problem))


def _file(request: GrantedRequest) -> dict[str, Any]:
    given = request.FILES.get("file")
    if given is None or not given.size or given.size > _MOST_BYTES:
        raise Invalid("credit_file", most=importing.MOST_ROWS)
    return {"name": given.name or "", "data": given.read()}


def _ruling(request: GrantedRequest) -> Ruling:
    given = request.POST
    return Ruling(
        issuer=given.get("issuer", ""),
        series=given.get("series", ""),
        year=number(request, "year"),
        serial=number(request, "serial"),
        effective_on=day(request, "effective_on"),
        provider=given.get("against", ""),
    )


def _form(
    request: GrantedRequest, problem: DomainError | None, *, of_persons: bool = False, are_points: bool = False
) -> HttpResponse:
    typed = request.POST or request.GET
    against, provider = typed.get("against", ""), typed.get("provider", "")
    names = names_of([against, provider])
    context = {
        "are_points": are_points,
        "against": names.get(against),
        "registered_at": names.get(provider),
        "of_persons": of_persons,
        "problem": problem,
        "typed": typed,
        "issuer": typed.get("issuer", "") if request.POST else queries.usual_issuer(request.grant),
        "behaviours": [one for one in terms.behaviours().values() if one.is_of_persons == of_persons],
        "professions": Profession.values,
        "responsibilities": Responsibility.values,
        "series": [one for one in Series.values if one != Series.PERSON],
        "terms": terms.terms(),
    }
    return render(request, "credit/enter.html", context, status=status(problem))


def _entered(request: GrantedRequest, subject_id: UUID) -> HttpResponse:
    messages.success(request, _("Entered. It counts once a second person has decided."))
    return redirect("credit:card", subject_id)


def _told(request: GrantedRequest, problem: DomainError, subject_id: UUID) -> HttpResponse:
    messages.error(request, told(problem.code, **problem.facts))
    return redirect("credit:card", subject_id)
