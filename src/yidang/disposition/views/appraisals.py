"""A group's pages: its items with everybody's opinion, its report."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.disposition import appraising, listing, rules
from yidang.disposition.models import Appraisal, Candidate, Choice
from yidang.disposition.views.common import PER_PAGE, people, status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid

_SEE = (Permission.OPEN_APPRAISAL, Permission.APPRAISE, Permission.APPROVE_DESTRUCTION)


@require_GET
@permission_required(*_SEE)
def appraisals(request: GrantedRequest) -> HttpResponse:
    page = Paginator(appraising.appraisals_of(request.grant), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "disposition/appraisals.html", {"page": page})


@require_GET
@permission_required(*_SEE)
def appraisal(request: GrantedRequest, appraisal_id: UUID) -> HttpResponse:
    return _page(request, appraisal_id, None)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.APPRAISE)
def opinions(request: GrantedRequest, appraisal_id: UUID) -> HttpResponse:
    given = request.POST
    try:
        words = _words(request, appraising.find(request.grant, appraisal_id))
        appraising.give_opinions(request.grant, appraisal_id=appraisal_id, words=words, reason=given.get("reason", ""))
    except (Invalid, Conflict) as problem:
        return _page(request, appraisal_id, problem)
    messages.success(request, _("Your opinions are kept."))
    return redirect("disposition:appraisal", appraisal_id)


def _words(request: GrantedRequest, appraisal: Appraisal) -> dict[UUID, tuple[str, str]]:
    """One choice for each row marked, or for every row of the group. Raises Invalid: `opinion_wrong`."""
    choice, term = request.POST.get("choice", ""), request.POST.get("term", "")
    rows = appraisal.candidates.all()
    if "all" not in request.POST:
        rows = rows.filter(ordinal__in=[int(one) for one in request.POST.getlist("row") if one.isdecimal()])
    words = {row.id: (choice, term) for row in rows}
    if not words:
        raise Invalid("opinion_wrong")
    return words


@sensitive_post_parameters("report")
@require_http_methods(["GET", "POST"])
@permission_required(*_SEE, Permission.REPORT_APPRAISAL)
def report(request: GrantedRequest, appraisal_id: UUID) -> HttpResponse:
    """The report as a sheet to print; sent, it is made and the new terms are set."""
    if request.method == "GET":
        return _sheet(request, appraising.find(request.grant, appraisal_id))
    try:
        made = appraising.report(request.grant, appraisal_id=appraisal_id, text=request.POST.get("report", ""))
    except (Invalid, Conflict) as problem:
        return _page(request, appraisal_id, problem)
    appraising.apply_terms(request.grant, made)
    messages.success(request, _("The report is made."))
    return redirect("disposition:appraisal", appraisal_id)


def _sheet(request: GrantedRequest, found: Appraisal) -> HttpResponse:
    context = {
        "appraisal": found,
        "members": found.members.select_related("staff"),
        "report": appraising.report_of(found),
        "counts": counts(found),
        "rows": found.candidates.select_related("series"),
    }
    return render(request, "disposition/report.html", context)


def counts(found: Appraisal) -> list[tuple[str, int]]:
    return [(choice, found.candidates.filter(outcome=choice).count()) for choice in Choice.values]


def _page(request: GrantedRequest, appraisal_id: UUID, problem: DomainError | None) -> HttpResponse:
    found = appraising.find(request.grant, appraisal_id)
    member = appraising.membership(request.grant, found)
    rows = found.candidates.select_related("series").prefetch_related("opinions__member__staff")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    is_reported = found.state == Appraisal.State.REPORTED
    context = {
        "appraisal": found,
        "page": page,
        "rows": [_row(row) for row in page.object_list],
        "members": found.members.select_related("staff"),
        "missing": appraising.missing_opinions(found),
        "member": member,
        "choices": Choice.values,
        "terms": ["D10", "D30", "D50", "D100"],
        "report": appraising.report_of(found),
        "counts": counts(found) if is_reported else [],
        "lists": found.lists.order_by("number"),
        "against": listing.against(found) if is_reported else [],
        "to_list": _to_list(found) if is_reported else 0,
        "people": people(),
        "wait": rules.USUAL_WAIT,
        "problem": problem,
    }
    return render(request, "disposition/appraisal.html", context, status=status(problem))


def _row(row: Candidate) -> dict[str, object]:
    said = [
        (one.member.staff.display_name, one.choice, one.term, appraising.reason_of(one)) for one in row.opinions.all()
    ]
    return {"candidate": row, "said": said}


def _to_list(found: Appraisal) -> int:
    return listing.unlisted(found).count()
