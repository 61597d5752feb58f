"""Quality at a glance: rates, errors, open cases, their course over the quarters; thresholds."""

from fractions import Fraction

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel import clock
from yidang.kernel.errors import Invalid
from yidang.quality import rectification
from yidang.quality import thresholds as limits
from yidang.quality.accuracy import rules as accuracy
from yidang.quality.accuracy.sampling import error_rates
from yidang.quality.completeness.deciding import counts
from yidang.quality.filing import figures
from yidang.quality.filing.rules import Quarter, is_under, percent, rate_of
from yidang.quality.views.charting import chart
from yidang.quality.views.common import asked_quarter, status

_LOWEST_RATE, _HIGHEST_ERROR = 0.5, 0.05


@require_GET
@permission_required(Permission.SEE_QUALITY)
def home(request: GrantedRequest) -> HttpResponse:
    quarter = asked_quarter(request)
    filing, wrong = limits.value_of(limits.FILING), limits.value_of(limits.ERROR)
    course = figures.trend(request.grant, quarter)
    errors = error_rates(request.grant, quarter)
    context = {
        "quarter": quarter,
        "now": _filing_row(course[-1], filing),
        "error": _error_row(errors[-1], wrong),
        "rows": [(_filing_row(one, filing), _error_row(two, wrong)) for one, two in zip(course, errors, strict=True)],
        "filing_chart": chart(
            [(str(q), filed / owed if owed else None) for q, filed, owed in course],
            threshold=float(filing),
            low=_LOWEST_RATE,
            high=1,
        ),
        "error_chart": chart(
            [(str(q), float(result.rate) if result.rate is not None else None) for q, result in errors],
            threshold=float(wrong),
            low=0,
            high=_HIGHEST_ERROR,
        ),
        "cases": rectification.cases(request.grant)[:5],
        "open_cases": rectification.cases(request.grant).count(),
        "late_cases": rectification.cases(request.grant, show="late").count(),
        "doubts": counts(request.grant),
        "total_doubts": sum(counts(request.grant).values()),
        "today": clock.today(),
    }
    return render(request, "quality/home.html", context)


def _filing_row(row: tuple[Quarter, int, int], threshold: Fraction) -> dict[str, object]:
    quarter, filed, owed = row
    rate = rate_of(filed, owed)
    shown = percent(rate)
    return {"quarter": quarter, "filed": filed, "owed": owed, "rate": shown, "is_under": is_under(rate, threshold)}


def _error_row(row: tuple[Quarter, accuracy.Result], threshold: Fraction) -> dict[str, object]:
    quarter, result = row
    is_over = accuracy.is_over(result, threshold)
    return {"quarter": quarter, "result": result, "rate": percent(result.rate), "is_over": is_over}


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_QUALITY)
def thresholds(request: GrantedRequest) -> HttpResponse:
    problem: Invalid | None = None
    if request.method == "POST":
        try:
            limits.set_threshold(
                grant=request.grant, code=request.POST.get("code", ""), typed=request.POST.get("value", "")
            )
            messages.success(request, _("The threshold is set."))
            return redirect("quality:thresholds")
        except Invalid as found:
            problem = found
    rows = [limits.threshold(code) for code in (limits.FILING, limits.ERROR, limits.CURE_DAYS)]
    context = {"rows": rows, "problem": problem}
    return render(request, "quality/thresholds.html", context, status=status(problem))


@require_POST
@permission_required(Permission.DECIDE_FINDINGS)
def count_now(request: GrantedRequest) -> HttpResponse:
    quarter = Quarter.parse(request.POST.get("quarter", "")) or Quarter.of(clock.today())
    figures.count(quarter)
    figures.raise_cases(quarter)
    messages.success(request, _("The quarter is counted anew."))
    return redirect("quality:rates", str(quarter))
