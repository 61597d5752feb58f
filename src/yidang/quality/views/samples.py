"""Samples: drawn, compared at the desk, reported as page, XLSX and PDF."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.holdings.queries import shown_pages
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, Invalid
from yidang.quality.accuracy import report, reviewing, sampling
from yidang.quality.accuracy.reviewing import LEFT_OUT, Desk, Verdict
from yidang.quality.exporting import note_export
from yidang.quality.filing.rules import percent
from yidang.quality.tables import plan, plan_origin
from yidang.quality.views.common import asked_quarter, quarter_of, status, xlsx

_SHOWN = 200


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_QUALITY)
def samples(request: GrantedRequest) -> HttpResponse:
    problem: Invalid | Conflict | None = None
    if request.method == "POST":
        try:
            return _draw(request)
        except (Invalid, Conflict) as found:
            problem = found
    quarter = asked_quarter(request)
    known = sampling.samples(request.grant)[:_SHOWN]
    context = {
        "quarter": quarter,
        "lots": sampling.lots(quarter),
        "samples": [(one, sampling.result_of(one)) for one in known],
        "plan": plan(),
        "origin": plan_origin(),
        "problem": problem,
    }
    return render(request, "quality/samples.html", context, status=status(problem))


def _draw(request: GrantedRequest) -> HttpResponse:
    quarter = quarter_of(request.POST.get("quarter", ""))
    made = sampling.draw(grant=request.grant, quarter=quarter, series=request.POST.get("series", ""))
    messages.success(request, _("The sample is drawn."))
    return redirect("quality:sample", made.id)


@require_GET
@permission_required(Permission.SEE_QUALITY)
def sample(request: GrantedRequest, sample_id: UUID) -> HttpResponse:
    found = sampling.find_sample(request.grant, sample_id)
    made = report.report(request.grant, found)
    left = found.rows.filter(compared_at__isnull=True).count()
    context = {"sample": found, "report": made, "left": left, "origin": plan_origin(found.plan)}
    context |= {"is_same": sampling.drawn_again(found), "threshold": percent(made.threshold)}
    return render(request, "quality/sample.html", context)


@require_GET
@permission_required(Permission.SEE_QUALITY)
def frame(request: GrantedRequest, sample_id: UUID) -> HttpResponse:
    """What the sample was drawn from: ids, one a line, for whoever wants to draw it again."""
    found = sampling.find_sample(request.grant, sample_id)
    ids = sampling.frame_in(found)
    note_export(request.grant, what=f"frame-{found.name}", rows=len(ids))
    answer = HttpResponse("".join(f"{one}\n" for one in ids), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="frame-{found.name}.csv"'
    return answer


@require_GET
@permission_required(Permission.SEE_QUALITY)
def sheet(request: GrantedRequest, sample_id: UUID) -> HttpResponse:
    found = sampling.find_sample(request.grant, sample_id)
    made = report.report(request.grant, found)
    head, *rows = report.sheet(made)
    return xlsx(request.grant, f"sample-{found.name}", head, rows)


@require_GET
@permission_required(Permission.SEE_QUALITY)
def paper(request: GrantedRequest, sample_id: UUID) -> HttpResponse:
    found = sampling.find_sample(request.grant, sample_id)
    made = report.report(request.grant, found)
    note_export(request.grant, what=f"sample-{found.name}.pdf", rows=len(made.rows))
    answer = HttpResponse(report.pdf(made), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="sample-{found.name}.pdf"'
    return answer


@require_POST
@permission_required(Permission.REVIEW_SAMPLES)
def take(request: GrantedRequest, sample_id: UUID) -> HttpResponse:
    return _next(request, sample_id)


def _next(request: GrantedRequest, sample_id: UUID) -> HttpResponse:
    try:
        row = reviewing.take(grant=request.grant, sample_id=sample_id)
    except Conflict:
        return redirect("quality:sample", sample_id)
    if row is None:
        messages.info(request, _("Nothing is left here for you: the rest is being compared, or was filed by you."))
        return redirect("quality:sample", sample_id)
    return redirect("quality:compare", row.pk)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@permission_required(Permission.REVIEW_SAMPLES)
def compare(request: GrantedRequest, row_id: UUID) -> HttpResponse:
    if request.method == "GET":
        desk = reviewing.open_desk(request.grant, row_id)
        return redirect("quality:sample", desk.row.sample.id) if desk.row.compared_at else _desk(request, desk, None)
    try:
        row = reviewing.compare(grant=request.grant, row_id=row_id, verdicts=_verdicts(request))
    except Invalid as problem:
        return _desk(request, reviewing.open_desk(request.grant, row_id), problem)
    except Conflict:
        row = reviewing.open_desk(request.grant, row_id).row
    return _next(request, row.sample.id)


def _verdicts(request: GrantedRequest) -> dict[str, Verdict]:
    given = request.POST
    found = {
        name.removeprefix("field-"): Verdict(value == "right", given.get("note-" + name.removeprefix("field-"), ""))
        for name, value in given.items()
        if name.startswith("field-") and value in {"right", "wrong"}
    }
    if LEFT_OUT in given:
        found[LEFT_OUT] = Verdict(False, given.get("note-left_out", ""))
    return found


def _desk(request: GrantedRequest, desk: Desk, problem: Invalid | None) -> HttpResponse:
    images = shown_pages(desk.opened.item)
    sample = desk.row.sample
    context = {
        "desk": desk,
        "item": desk.opened.item,
        "sample": sample,
        "images": images,
        "page_numbers": range(1, images + 1),
        "done": sample.rows.filter(compared_at__isnull=False).count(),
        "typed": {name: value for name, value in request.POST.items() if name.startswith("field-")},
        "problem": problem,
    }
    return render(request, "quality/compare.html", context, status=status(problem))
