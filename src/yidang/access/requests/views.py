"""Pages of persons' requests and of the duties towards them."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.access.requests import duties as duty
from yidang.access.requests import kinds, operations
from yidang.access.requests.models import ImpactAssessment, LeakNotice, PersonRequest
from yidang.access.requests.operations import MAY_ANSWER, Answer, Asking
from yidang.holdings.queries import description
from yidang.holdings.veil import veil_of
from yidang.identity.access import GrantedRequest, permission_required
from yidang.kernel.clock import CHINA, today
from yidang.kernel.errors import DomainError, Invalid
from yidang.workflow.operations import ask_approval

PER_PAGE = 30
_ASKED = ("person_name", "id_number", "asker_name", "contact", "proof", "wish")
_ASSESSED = ("processing", "necessity", "risks", "measures", "conclusion")
_LEAKED = ("what", "categories", "cause", "harm", "measures", "advice", "contact")


@require_GET
@permission_required(MAY_ANSWER)
def requests(request: GrantedRequest) -> HttpResponse:
    page = Paginator(PersonRequest.objects.order_by("-number"), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "access/requests.html", {"page": page, "today": today()})


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@permission_required(MAY_ANSWER)
def new(request: GrantedRequest) -> HttpResponse:
    problem = None
    if request.method == "POST":
        asking = Asking(**{name: request.POST.get(name, "").strip() for name in _ASKED})
        kind, relation = request.POST.get("kind", ""), request.POST.get("relation", "")
        try:
            made = operations.take_in(grant=request.grant, kind=kind, relation=relation, asking=asking)
            return redirect("access:request", made.id)
        except Invalid as refusal:
            problem = refusal
    context = {
        "typed": request.POST,
        "kinds": PersonRequest.Kind.values,
        "relations": PersonRequest.Relation.values,
        "problem": problem,
    }
    return render(request, "access/request_new.html", context, status=422 if problem else 200)


@require_GET
@permission_required(MAY_ANSWER)
def request_page(request: GrantedRequest, request_id: UUID) -> HttpResponse:
    return _page(request, request_id, None)


@sensitive_post_parameters()
@require_POST
@permission_required(MAY_ANSWER)
def decide(request: GrantedRequest, request_id: UUID) -> HttpResponse:
    given = request.POST
    found = operations.find(request.grant, request_id)
    if (found.kind, given.get("verdict")) == (PersonRequest.Kind.ACCESS, PersonRequest.State.GRANTED):
        return _ask(request, found)
    answer = Answer(given.get("reason", "").strip(), given.get("supplement", "").strip(), given.getlist("item"))
    carry_out = operations.grant_request if given.get("verdict") == "granted" else operations.refuse_request
    try:
        carry_out(grant=request.grant, request_id=request_id, answer=answer)
    except DomainError as problem:
        return _page(request, request_id, problem)
    messages.success(request, _("The decision was kept."))
    return redirect("access:request", request_id)


def _ask(request: GrantedRequest, found: PersonRequest) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()
    plan = {"request": str(found.id), "reason": reason}
    try:
        asked = ask_approval(grant=request.grant, kind=kinds.COPIES, plan=plan, reason=reason, subject=found.id)
    except DomainError as problem:
        return _page(request, found.id, problem)
    messages.success(request, _("Approval %(number)s was asked for.") % {"number": asked.number})
    return redirect("access:request", found.id)


@require_POST
@permission_required(MAY_ANSWER)
def fetch(request: GrantedRequest, request_id: UUID) -> HttpResponse:
    content = operations.copies(grant=request.grant, request_id=request_id)
    headers = {"Content-Disposition": f'attachment; filename="request-{request_id}.zip"'}
    return HttpResponse(content, content_type="application/zip", headers=headers)


def _page(request: GrantedRequest, request_id: UUID, problem: DomainError | None) -> HttpResponse:
    found = operations.find(request.grant, request_id)
    items = operations.records(request.grant, found)
    rows = []
    for item in items:
        described = description(item)
        title = veil_of(request.grant, item, described).over(described.title)
        rows.append({"item": item, "title": title, "verdict": operations.erasure(item)})
    context = {
        "asked": found,
        "asking": operations.asking_of(found),
        "answer": operations.answer_of(found),
        "rows": rows,
        "may_erase": any(not row["verdict"].is_refusal for row in rows),  # type: ignore[attr-defined]
        "today": today(),
        "problem": problem,
    }
    return render(request, "access/request.html", context, status=422 if problem else 200)


@require_GET
@permission_required(duty.MAY_KEEP)
def privacy(request: GrantedRequest) -> HttpResponse:
    return _privacy(request, None)


@sensitive_post_parameters()
@require_POST
@permission_required(duty.MAY_KEEP)
def keep_assessment(request: GrantedRequest) -> HttpResponse:
    content = duty.Assessment(**_texts(request, _ASSESSED))
    try:
        duty.keep_assessment(grant=request.grant, occasion=request.POST.get("occasion", ""), content=content)
    except Invalid as problem:
        return _privacy(request, problem)
    messages.success(request, _("The assessment was kept."))
    return redirect("access:privacy")


@sensitive_post_parameters()
@require_POST
@permission_required(duty.MAY_KEEP)
def report_leak(request: GrantedRequest) -> HttpResponse:
    persons = request.POST.get("persons", "")
    try:
        duty.report_leak(
            grant=request.grant,
            found_at=_moment(request.POST.get("found_at", "")),
            persons=int(persons) if persons.isdecimal() and len(persons) < len("10000000000") else 0,
            content=duty.Leak(**_texts(request, _LEAKED)),
        )
    except Invalid as problem:
        return _privacy(request, problem)
    messages.success(request, _("The leak was reported. The administrators were told."))
    return redirect("access:privacy")


@sensitive_post_parameters("waiver")
@require_POST
@permission_required(duty.MAY_KEEP)
def tell_leak(request: GrantedRequest, leak_id: UUID) -> HttpResponse:
    whom, waiver = request.POST.get("whom", ""), request.POST.get("waiver", "")
    duty.tell(grant=request.grant, leak_id=leak_id, whom=whom, waiver=waiver)
    return redirect("access:privacy")


def _privacy(request: GrantedRequest, problem: Invalid | None) -> HttpResponse:
    leaks = [
        {"row": row, "said": duty.leak_of(row), "tell_by": duty.tell_by(row), "waiver": duty.waiver_of(row)}
        for row in LeakNotice.objects.order_by("-number")[:PER_PAGE]
    ]
    assessments = [
        {"row": row, "said": duty.assessment_of(row), "by": row.made_by.display_name}
        for row in ImpactAssessment.objects.select_related("made_by").order_by("-number")[:PER_PAGE]
    ]
    context = {
        "leaks": leaks,
        "assessments": assessments,
        "rules": operations.duties(),
        "typed": request.POST,
        "assessed": _ASSESSED,
        "leaked": _LEAKED,
        "problem": problem,
    }
    return render(request, "access/privacy.html", context, status=422 if problem else 200)


def _texts(request: HttpRequest, names: tuple[str, ...]) -> dict[str, str]:
    return {name: request.POST.get(name, "").strip() for name in names}


def _moment(text: str) -> datetime:
    """Raises Invalid: `duty_incomplete`."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=CHINA)
    except ValueError:
        raise Invalid("duty_incomplete", field="found_at") from None
