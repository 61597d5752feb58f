"""Groups of cases: what a month cost by group, department and doctor."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from yidang.claims.drg.sheets import said, sheets, workbook
from yidang.claims.drg.showing import analysis
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.workbook import MEDIA_TYPE


def _asked(request: GrantedRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip()[:20] for name in ("month", "provider")}


@require_GET
@permission_required(Permission.SEE_CLAIMS)
def page(request: GrantedRequest) -> HttpResponse:
    asked = _asked(request)
    made, months, grouper = analysis(grant=request.grant, month=asked["month"], provider=asked["provider"])
    context: dict[str, Any] = {"made": made, "months": months, "typed": asked, "scheme": grouper.scheme.version}
    if made is not None:
        total = made.total
        figures = {name: said(name, getattr(total, name)) for name in ("cmi", "total_fen", "mean_days", "rate_fen")}
        context |= {"sheets": sheets(made, grouper.scheme), "total": total, "figures": figures, "month": made.month}
    return render(request, "claims/drg.html", context)


@require_GET
@permission_required(Permission.SEE_CLAIMS)
def book(request: GrantedRequest) -> HttpResponse:
    asked = _asked(request)
    made, _, grouper = analysis(grant=request.grant, month=asked["month"], provider=asked["provider"], exported=True)
    if made is None:
        return redirect("claims:drg")
    answer = HttpResponse(workbook(made, grouper.scheme), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="drg-{made.month}.xlsx"'
    return answer
