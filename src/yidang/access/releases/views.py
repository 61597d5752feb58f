"""Pages of data sets: ask, see the risk, have it allowed, fetch it once; lead a pseudonym back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.access.releases import kinds
from yidang.access.releases.columns import BY_NAME, COLUMNS, Part, Treatment
from yidang.access.releases.leading_back import led_back_for
from yidang.access.releases.models import Release
from yidang.access.releases.operations import Wish, find, hand_out, holds, sample, weigh, words_of
from yidang.holdings.choices import series_choices
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import DomainError, Invalid
from yidang.workflow.operations import ask_approval

PER_PAGE = 30


@require_GET
@permission_required(Permission.RELEASE_DATA)
def releases(request: GrantedRequest) -> HttpResponse:
    rows = Release.objects.select_related("asked_by", "allowed_by").order_by("-number")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = [{"release": one, "words": words_of(one)} for one in page.object_list]
    return render(request, "access/releases.html", {"page": page, "rows": shown})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@permission_required(Permission.RELEASE_DATA)
def new(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _form(request, None)
    try:
        made = weigh(grant=request.grant, wish=_wish(request))
    except Invalid as problem:
        return _form(request, problem)
    return redirect("access:release", made.id)


@require_GET
@permission_required(Permission.RELEASE_DATA)
def release(request: GrantedRequest, release_id: UUID) -> HttpResponse:
    return _page(request, release_id, None)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.RELEASE_DATA)
def ask(request: GrantedRequest, release_id: UUID) -> HttpResponse:
    plan = {"release": str(find(request.grant, release_id).id)}
    return _asked(request, release_id, kinds.RELEASE, plan)


@require_POST
@permission_required(Permission.RELEASE_DATA)
def fetch(request: GrantedRequest, release_id: UUID) -> HttpResponse:
    content = hand_out(grant=request.grant, release_id=release_id)
    headers = {"Content-Disposition": f'attachment; filename="data-set-{release_id}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


@sensitive_post_parameters()
@require_POST
@permission_required(Permission.RELEASE_DATA)
def lead_back(request: GrantedRequest, release_id: UUID) -> HttpResponse:
    plan = {
        "release": str(find(request.grant, release_id).id),
        "pseudonym": request.POST.get("pseudonym", "").strip().upper(),
        "kind": request.POST.get("kind", ""),
    }
    return _asked(request, release_id, kinds.LEAD_BACK, plan)


def _asked(request: GrantedRequest, release_id: UUID, kind: str, plan: dict[str, str]) -> HttpResponse:
    reason = request.POST.get("reason", "")
    try:
        asked = ask_approval(grant=request.grant, kind=kind, plan=plan, reason=reason, subject=release_id)
    except DomainError as problem:
        return _page(request, release_id, problem)
    messages.success(request, _("Approval %(number)s was asked for.") % {"number": asked.number})
    return redirect("access:release", release_id)


def _page(request: GrantedRequest, release_id: UUID, problem: DomainError | None) -> HttpResponse:
    found = find(request.grant, release_id)
    leaving = [
        {"column": BY_NAME[name], "treatment": how}
        for name, how in found.plan["treatments"].items()
        if how != Treatment.LEAVE_OUT
    ]
    context = {
        "release": found,
        "words": words_of(found),
        "leaving": leaving,
        "holds": holds(found),
        "sample": sample(request.grant, found) if found.state != Release.State.ENDED else [],
        "reversible": [one["column"].name for one in leaving if one["treatment"] == Treatment.PSEUDONYM],
        "led_back": led_back_for(request.grant, found),
        "problem": problem,
    }
    return render(request, "access/release.html", context, status=422 if problem else 200)


def _form(request: GrantedRequest, problem: Invalid | None) -> HttpResponse:
    columns = [
        {"column": column, "chosen": request.POST.get(f"column-{column.name}", column.usual)} for column in COLUMNS
    ]
    context = {
        "columns": columns,
        "parts": list(Part),
        "choices": series_choices(),
        "year": today().year,
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "access/release_new.html", context, status=422 if problem else 200)


def _wish(request: HttpRequest) -> Wish:
    given = request.POST
    return Wish(
        title=given.get("title", ""),
        purpose=given.get("purpose", ""),
        recipient=given.get("recipient", ""),
        series=given.get("series", ""),
        first_year=_number(request, "first_year"),
        last_year=_number(request, "last_year"),
        treatments={column.name: given.get(f"column-{column.name}", Treatment.LEAVE_OUT) for column in COLUMNS},
        k=_number(request, "k"),
        l=_number(request, "l"),
    )


def _number(request: HttpRequest, name: str) -> int:
    """What is no number fits no measure."""
    given = request.POST.get(name, "")
    return int(given) if given.isdecimal() and len(given) < len("100000") else 0
