"""Cases: the list, opening one, the page of one, papers asked for."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import CHINA
from yidang.kernel.errors import Conflict, DomainError, Invalid
from yidang.oversight.cases import opening, papers
from yidang.oversight.cases.models import Case
from yidang.oversight.cases.queries import cases as cases_of
from yidang.oversight.desk.citing import citation_of
from yidang.oversight.desk.models import Finding, FindingState
from yidang.oversight.institutions import names_of
from yidang.oversight.views.case_page import page
from yidang.oversight.views.common import MOST_ROWS, PER_PAGE, chosen, status, told, whole, xlsx

_SHOWS = ("open", "mine", "closed")


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
def cases(request: GrantedRequest) -> HttpResponse:
    show = _show(request)
    found = Paginator(cases_of(request.grant, show=show), PER_PAGE).get_page(request.GET.get("page"))
    names = names_of(one.provider for one in found.object_list)
    rows = [(one, names.get(one.provider, "")) for one in found.object_list]
    context = {"page": found, "rows": rows, "show": show, "shows": _SHOWS, "kept_query": f"show={show}&"}
    return render(request, "oversight/cases.html", context)


def _show(request: GrantedRequest) -> str:
    asked = request.GET.get("show", "open")
    return asked if asked in _SHOWS else "open"


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
def sheet(request: GrantedRequest) -> HttpResponse:
    head = [
        _("Case"),
        _("Institution"),
        _("Name"),
        _("State"),
        _("Opened by"),
        _("Loss (yuan)"),
        _("Fine (yuan)"),
        _("Fallen (yuan)"),
        _("Closed on"),
    ]
    rows = list(cases_of(request.grant, show=_show(request))[:MOST_ROWS])
    names = names_of(one.provider for one in rows)
    return xlsx(request.grant, "cases", head, [_row(one, names.get(one.provider, "")) for one in rows])


def _row(one: Case, institution: str) -> list[object]:
    return [
        one.name,
        one.provider,
        institution,
        told(f"inspection_state_{one.state}"),
        one.opened_at.astimezone(CHINA).date().isoformat(),
        one.loss_fen / 100,
        one.fine_fen / 100,
        one.fallen_fen / 100,
        one.closed_at.astimezone(CHINA).date().isoformat() if one.closed_at else "",
    ]


@require_http_methods(["GET", "POST"])
@permission_required(Permission.REVIEW_FINDINGS)
def open_case(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _opening(request, None)
    try:
        made = opening.open_case(
            grant=request.grant,
            findings=chosen(request, "finding", "inspection_without_doubt"),
            inspectors=chosen(request, "inspector", "inspectors_too_few"),
        )
    except (Invalid, Conflict) as problem:
        return _opening(request, problem)
    messages.success(request, _("Case %(number)s is open.") % {"number": made.name})
    return redirect("oversight:case", made.id)


def _opening(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    """Confirmed doubts of one institution that are in no case yet."""
    ready = Finding.objects.filter(case=None, state__in=[FindingState.CONFIRMED, FindingState.NEEDS_PAPERS])
    providers = list(ready.exclude(provider="").order_by("provider").values_list("provider", flat=True).distinct())
    provider = request.GET.get("provider") or request.POST.get("provider") or (providers[0] if providers else "")
    rows = ready.filter(provider=provider).order_by("-counted_fen", "number")[:MOST_ROWS]
    people = [one for one in opening.possible_inspectors() if one.pk != request.grant.staff_id]
    names = names_of(providers)
    picked = {*request.POST.getlist("finding"), *request.POST.getlist("inspector")}
    context = {
        "providers": [(one, names.get(one, "")) for one in providers],
        "provider": provider,
        "rows": [(one, citation_of(one.rule), str(one.id) in picked) for one in rows],
        "people": [(one, str(one.pk) in picked) for one in people],
        "problem": problem,
    }
    return render(request, "oversight/open_case.html", context, status=status(problem))


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
def case(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    return page(request, case_id, None)


@sensitive_post_parameters("words")
@require_POST
@permission_required(Permission.REVIEW_FINDINGS)
def ask(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    given = request.POST
    try:
        papers.ask_papers(
            grant=request.grant, case_id=case_id, words=given.get("words", ""), days=whole(given.get("days", ""))
        )
    except (Invalid, Conflict) as problem:
        return page(request, case_id, problem)
    messages.success(request, _("The institution is asked."))
    return redirect("oversight:case", case_id)


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
def file(request: GrantedRequest, case_id: UUID, file_id: UUID) -> HttpResponse:
    content, media_type = papers.file_of(request.grant, case_id, file_id)
    answer = HttpResponse(content, content_type=media_type)
    answer["Content-Disposition"] = "attachment"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
