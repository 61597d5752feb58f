"""A group's pages: its items with everybody's opinion, its report."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.disposition import appraising, listing, regrouping, rules
from yidang.disposition.models import Appraisal, Candidate, Choice
from yidang.disposition.people import able
from yidang.disposition.views.common import PER_PAGE, status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.models import Staff
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


@require_POST
@permission_required(Permission.OPEN_APPRAISAL)
def replace_member(request: GrantedRequest, appraisal_id: UUID) -> HttpResponse:
    try:
        leaving, coming = (_person(request, part) for part in ("leaving", "coming"))
        url = reverse("disposition:appraisal", args=[appraisal_id])
        regrouping.replace_member(request.grant, appraisal_id=appraisal_id, leaving=leaving, coming=coming, url=url)
    except (Invalid, Conflict) as problem:
        return _page(request, appraisal_id, problem)
    messages.success(request, _("The group has a new member."))
    return redirect("disposition:appraisal", appraisal_id)


def _person(request: GrantedRequest, part: str) -> UUID:
    try:
        return UUID(request.POST.get(part, ""))
    except ValueError:
        raise Invalid("appraisal_member_wrong") from None


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.OPEN_APPRAISAL)
def dissolve(request: GrantedRequest, appraisal_id: UUID) -> HttpResponse:
    try:
        regrouping.dissolve(request.grant, appraisal_id=appraisal_id, reason=request.POST.get("reason", ""))
    except (Invalid, Conflict) as problem:
        return _page(request, appraisal_id, problem)
    messages.success(request, _("The group is dissolved. Its records are due as before."))
    return redirect("disposition:appraisal", appraisal_id)


def _sheet(request: GrantedRequest, found: Appraisal) -> HttpResponse:
    context = {
        "appraisal": found,
        "members": found.members.select_related("staff"),
        "report": appraising.report_of(found),
        "counts": counts(found),
        "rows": found.candidates.select_related("series"),
        "bureau": settings.YIDANG.bureau_name,
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
        "people": able(Permission.WITNESS_DESTRUCTION).exclude(pk=request.grant.person) if is_reported else [],
        "able": _others(request, found),
        "wait": rules.USUAL_WAIT,
        "problem": problem,
    }
    return render(request, "disposition/appraisal.html", context, status=status(problem))


def _others(request: GrantedRequest, found: Appraisal) -> QuerySet[Staff]:
    """Who could take a member's place."""
    if found.state != Appraisal.State.OPEN or not request.grant.allows(Permission.OPEN_APPRAISAL):
        return Staff.objects.none()
    return able(Permission.APPRAISE).exclude(pk__in=found.members.values("staff"))


def _row(row: Candidate) -> dict[str, object]:
    said = [
        (one.member.staff.display_name, one.choice, one.term, appraising.reason_of(one)) for one in row.opinions.all()
    ]
    return {"candidate": row, "said": said}


def _to_list(found: Appraisal) -> int:
    return listing.unlisted(found).count()
