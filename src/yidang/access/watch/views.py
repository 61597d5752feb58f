"""The audit administrator's pages."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yidang.access.watch import deciding, log
from yidang.access.watch.forms import FORMS
from yidang.access.watch.looking import rule_table
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.models import Staff
from yidang.identity.policy import Permission
from yidang.kernel import clock
from yidang.kernel.clock import CHINA
from yidang.kernel.errors import DomainError, Invalid, NotFound
from yidang.ledger import browsing

PER_PAGE = 30
ASKED = ("since", "until", "action", "actor", "subject")


@require_GET
@permission_required(Permission.SEE_AUDIT)
def events(request: GrantedRequest) -> HttpResponse:
    try:
        sheet, problem = log.sheet(request.grant, log.asked(request.GET)), None
    except Invalid as refusal:
        sheet, problem = log.Sheet([], None), refusal
    context = {
        "sheet": sheet,
        "problem": problem,
        "asked": {name: request.GET.get(name, "") for name in ASKED},
        "default": log.usual_days(),
        "kept": _kept(request),
        "actions": browsing.actions(),
        "people": Staff.objects.order_by("username"),
        "forms": list(FORMS),
    }
    return render(request, "access/audit.html", context, status=422 if problem else 200)


@require_GET
@permission_required(Permission.SEE_AUDIT)
def export(request: GrantedRequest, form: str) -> StreamingHttpResponse:
    """Raises NotFound: `audit_form_unknown`."""
    if form not in FORMS:
        raise NotFound("audit_form_unknown", form=form)
    media_type, ending, write = FORMS[form]
    lines = log.whole(request.grant, log.asked(request.GET), form)
    name = f"yidang-audit-{clock.now().astimezone(CHINA):%Y%m%d-%H%M%S}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(write(lines), content_type=media_type, headers=headers)


@require_GET
@permission_required(Permission.SEE_AUDIT)
def unusual(request: GrantedRequest) -> HttpResponse:
    return _unusual(request, None)


@sensitive_post_parameters("note")
@require_POST
@permission_required(Permission.SEE_AUDIT)
def decide(request: GrantedRequest, doubt_id: UUID) -> HttpResponse:
    verdict, note = request.POST.get("verdict", ""), request.POST.get("note", "")
    try:
        deciding.decide(grant=request.grant, doubt_id=doubt_id, verdict=verdict, note=note)
    except Invalid as problem:
        return _unusual(request, problem)
    messages.success(request, _("The decision was kept."))
    return redirect("access:unusual")


def _unusual(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    decided = request.GET.get("show") == "decided"
    rows = deciding.doubts_of(request.grant, decided=decided)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"doubt": one, "note": deciding.note_of(one)} for one in page.object_list],
        "decided": decided,
        "problem": problem,
        "rules": rule_table(),
        "kept_query": "show=decided&" if decided else "",
    }
    return render(request, "access/unusual.html", context, status=422 if problem else 200)


def _kept(request: HttpRequest) -> str:
    kept = request.GET.copy()
    kept.pop("before", None)
    return kept.urlencode()
