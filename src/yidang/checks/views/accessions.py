"""An accession's way through the four looks, its four natures, and the third party's desk."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yidang.checks import attesting, queries, reports, sampling
from yidang.checks import course as way
from yidang.checks.models import Course, Run, SampledItem, State
from yidang.checks.rules import INDICATORS
from yidang.checks.sheet import pdf
from yidang.checks.views.lines import natures
from yidang.holdings.models import Fonds
from yidang.holdings.visibility import visible_items
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.names import names_of
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound
from yidang.ledger.operations import append

PER_PAGE = 50
SHOWN_ITEMS = 200
_SEE = (Permission.RUN_CHECKS, Permission.CHECK_ACCESSION)


@require_GET
@permission_required(*_SEE)
def courses(request: GrantedRequest) -> HttpResponse:
    """All for the archivists; for a third party its desk."""
    page = Paginator(queries.courses_of(request.grant), PER_PAGE).get_page(request.GET.get("page"))
    fonds = Fonds.objects.order_by("pk") if request.grant.allows(Permission.RUN_CHECKS) else []
    return render(request, "checks/courses.html", {"page": page, "fonds": fonds})


@require_GET
@permission_required(*_SEE)
def course(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    return _page(request, accession_id, None)


@require_POST
@permission_required(Permission.RUN_CHECKS)
def screen(request: GrantedRequest, accession_id: UUID) -> HttpResponse:
    queries.course_of(request.grant, accession_id)
    try:
        way.screen(request.grant, accession=accession_id, url=_address(accession_id))
    except (Invalid, Conflict) as problem:
        return _page(request, accession_id, problem)
    messages.success(request, _("The four natures were checked."))
    return redirect("checks:course", accession_id)


def _reason(request: HttpRequest) -> str:
    return request.POST.get("reason", "")


def _hand_over(request: GrantedRequest, accession: UUID) -> None:
    try:
        acceptor = UUID(request.POST.get("acceptor", ""))
    except ValueError:
        raise Invalid("check_no_acceptor") from None
    way.hand_over(request.grant, accession=accession, acceptor=acceptor, url=_address(accession))


STEPS: Mapping[str, Callable[[GrantedRequest, UUID], object]] = {
    "draw": lambda request, accession: sampling.draw_sample(request.grant, accession=accession),
    "sampled": lambda request, accession: way.finish_sample(request.grant, accession=accession),
    "hand-over": _hand_over,
    "accept": lambda request, accession: way.accept(request.grant, accession=accession),
    "return": lambda request, accession: way.send_back(request.grant, accession=accession, reason=_reason(request)),
    "resubmit": lambda request, accession: way.resubmit(request.grant, accession=accession, reason=_reason(request)),
}


@sensitive_post_parameters("reason")
@require_POST
@permission_required(*_SEE)
def take_step(request: GrantedRequest, accession_id: UUID, step: str) -> HttpResponse:
    queries.course_of(request.grant, accession_id)
    if step not in STEPS:
        raise NotFound("check_course_not_found")
    try:
        STEPS[step](request, accession_id)
    except (Invalid, Conflict) as problem:
        return _page(request, accession_id, problem)
    messages.success(request, _("The step is recorded."))
    if request.grant.allows(Permission.RUN_CHECKS):
        return redirect("checks:course", accession_id)
    return redirect("checks:courses")


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.RUN_CHECKS)
def attest(request: GrantedRequest, result_id: UUID) -> HttpResponse:
    run = _run_of(result_id)
    try:
        attesting.attest(
            request.grant, result_id=result_id, verdict=request.POST.get("verdict", ""), reason=_reason(request)
        )
    except (Invalid, Conflict) as problem:
        if run.accession is None:
            raise
        return _page(request, run.accession, problem)
    messages.success(request, _("You answer for this check."))
    return redirect("checks:course", run.accession) if run.accession else redirect("checks:item", run.item)


def _run_of(result_id: UUID) -> Run:
    run = Run.objects.filter(results=result_id).first()
    if run is None or not (run.accession or run.item):
        raise NotFound("check_result_not_found")
    return run


@require_POST
@permission_required(Permission.RUN_CHECKS)
def judge(request: GrantedRequest, sampled_id: UUID) -> HttpResponse:
    found = sampling.judge(request.grant, sampled=sampled_id, faults=request.POST.getlist("fault"))
    return redirect("checks:course", found.sample.course_id)


@require_GET
@permission_required(*_SEE)
def report(request: GrantedRequest, accession_id: UUID, form: str) -> HttpResponse:
    """The newest report, as JSON or PDF; handing it out is entered in the ledger."""
    found = queries.course_of(request.grant, accession_id)
    run = queries.newest_run(found.pk)
    if run is None or form not in {"json", "pdf"}:
        raise NotFound("check_result_not_found")
    with transaction.atomic():
        facts = {"number": run.name, "form": form}
        append(action="checks.report_taken", actor=request.grant.actor, subject=found.pk, facts=facts)
    data = pdf(run, found) if form == "pdf" else reports.kept_json(run)
    kind = "application/pdf" if form == "pdf" else "application/json"
    headers = {"Content-Disposition": f'attachment; filename="{run.name}.{form}"'}
    return HttpResponse(data, content_type=kind, headers=headers)


def _address(accession_id: UUID) -> str:
    return reverse("checks:course", args=[accession_id])


def _page(request: GrantedRequest, accession_id: UUID, problem: DomainError | None) -> HttpResponse:
    found = queries.course_of(request.grant, accession_id)
    run = queries.newest_run(found.pk)
    items = visible_items(request.grant).filter(accession=found.pk).order_by("working_number")
    context = {
        "course": found,
        "run": run,
        "natures": natures(run) if run else [],
        "left": len(queries.unanswered(run)) if run else 0,
        "steps": _steps(found),
        "looked": sorted({name for name in names_of(way.who_looked(found)).values() if not name.startswith("system:")}),
        "items": list(items[:SHOWN_ITEMS]),
        "is_keeper": request.grant.allows(Permission.RUN_CHECKS),
        "is_acceptor": found.state == State.HANDED and found.acceptor_id == request.grant.staff_id,
        "acceptors": way.acceptors() if found.state == State.SAMPLED else [],
        "problem": problem,
        **_sample(found),
    }
    status = 200 if problem is None else 409 if isinstance(problem, Conflict) else 422
    return render(request, "checks/course.html", context, status=status)


def _steps(found: Course) -> list[dict[str, object]]:
    steps = list(found.steps.all())
    names = names_of(step.actor for step in steps)
    return [{"step": step, "who": names[step.actor], "reason": way.reason_of(step)} for step in steps]


def _sample(found: Course) -> dict[str, object]:
    sample = found.samples.filter(round=found.round).first()
    if sample is None:
        return {"sample": None}
    drawn = list(sample.items.all())
    return {
        "sample": sample,
        "drawn": [{"row": one, "item": known.get(one.item)} for known in [_known(drawn)] for one in drawn],
        "indicators": INDICATORS,
        "rates": list(sampling.rates_of(sample).items()),
        "holds": sampling.sample_holds(sample),
    }


def _known(drawn: list[SampledItem]) -> dict[UUID, str]:
    from yidang.holdings.models import Item

    some = Item.objects.filter(pk__in=[one.item for one in drawn])
    return {item.pk: item.reference_code or item.working_number for item in some}
