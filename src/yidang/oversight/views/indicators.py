"""Monthly indicators of hospitals beside their level."""

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.ledger.operations import append
from yidang.oversight.indicators.reckoning import ENOUGH_PEERS, Figure, indicators, reckon
from yidang.oversight.views.common import xlsx

_MONTH = 7


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
@transaction.atomic
def listed(request: GrantedRequest) -> HttpResponse:
    month, months, rows = reckon(request.GET.get("month", "")[:_MONTH])
    append(action="oversight.indicators_shown", actor=request.grant.actor, facts={"month": month, "rows": len(rows)})
    context = {"month": month, "months": months, "rows": rows, "indicators": indicators(), "enough": ENOUGH_PEERS}
    return render(request, "oversight/indicators.html", context)


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
def sheet(request: GrantedRequest) -> HttpResponse:
    month, _months, rows = reckon(request.GET.get("month", "")[:_MONTH])
    head = [_("Institution"), _("Name"), _("Level")]
    for one in indicators():
        head += [f"{one.code} {one.name}", _("P90 of the level"), _("A year before")]
    body = [[row.provider, row.name, row.level, *(cell for one in row.figures for cell in _cells(one))] for row in rows]
    return xlsx(request.grant, f"indicators-{month or 'none'}", head, body)


def _cells(one: Figure) -> list[float | None]:
    """Shares as numbers, to reckon on with."""
    return [None if value is None else round(value, 4) for value in (one.value, one.bound, one.former)]
