"""The archives: list, one card, the end of a year."""

from uuid import UUID

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yidang.credit import queries, rules
from yidang.credit.appealing import grounds_of
from yidang.credit.models import Activity, Kind
from yidang.credit.views.common import PER_PAGE, names_of, told, xlsx
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today

ONLY = ("normal", "talk", *(one.value for one in rules.Status if one != rules.Status.NORMAL))
_YEARS_SHOWN = 5


@sensitive_post_parameters("words")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_CREDIT)
def archives(request: GrantedRequest) -> HttpResponse:
    """Searched by POST: an ID number never stands in an address."""
    is_unknown = False
    if request.method == "POST":
        found = queries.find(request.grant, request.POST.get("words", ""))
        if found:
            return redirect("credit:card", found)
        is_unknown = True
    kind, only = _filters(request)
    lines = queries.archives(request.grant, kind=kind, only=only)
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "institutions": names_of(one.subject.provider for one in page.object_list),
        "kind": kind,
        "only": only,
        "kinds": Kind.values,
        "choices": ONLY,
        "is_unknown": is_unknown,
        "kept_query": f"kind={kind}&only={only}&",
    }
    return render(request, "credit/archives.html", context)


@require_GET
@permission_required(Permission.SEE_CREDIT)
def sheet(request: GrantedRequest) -> HttpResponse:
    kind, only = _filters(request)
    head = [
        _("Code or number"),
        _("Kind"),
        _("Designated institution"),
        _("Name"),
        _("Points this year"),
        _("Credit status"),
        _("From"),
        _("Until"),
    ]
    lines = queries.archives(request.grant, kind=kind, only=only, action="list.exported")
    names = names_of(one.subject.provider for one in lines)
    return xlsx("credit", head, [_cells(one, names.get(one.subject.provider, "")) for one in lines])


@require_GET
@permission_required(Permission.SEE_CREDIT)
def card(request: GrantedRequest, subject_id: UUID) -> HttpResponse:
    shown = queries.card(request.grant, subject_id)
    concerned = [shown.line.subject.provider, *(one.decision.provider for one in shown.deductions)]
    context = {
        "card": shown,
        "institutions": names_of(concerned),
        "activities": Activity.values,
        "grounds": grounds_of(request.grant),
        "today": today(),
        "bureau": settings.YIDANG.bureau_name,
        "may_enter": request.grant.allows(Permission.SCORE_CREDIT),
    }
    return render(request, "credit/card.html", context)


@require_GET
@permission_required(Permission.SEE_CREDIT)
def year(request: GrantedRequest) -> HttpResponse:
    given = request.GET.get("year", "")
    last = today().year
    choices = [str(last - back) for back in range(_YEARS_SHOWN)]
    chosen = int(given) if given in choices else last
    context = {"year": chosen, "next": chosen + 1, "choices": choices, "rows": queries.year_end(request.grant, chosen)}
    return render(request, "credit/year.html", context)


def _filters(request: GrantedRequest) -> tuple[str, str]:
    kind, only = request.GET.get("kind", ""), request.GET.get("only", "")
    return (kind if kind in Kind.values else ""), (only if only in ONLY else "")


def _cells(one: queries.Line, institution: str) -> list[str | int]:
    now = one.standing
    return [
        one.label,
        told(f"credit_kind_{one.subject.kind}"),
        one.subject.provider,
        institution,
        now.points,
        told(f"credit_status_{now.status}"),
        now.facts["since"],
        now.facts["until"],
    ]
