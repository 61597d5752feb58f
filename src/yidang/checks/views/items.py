"""The four natures of one record, looked at by itself."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yidang.checks import queries
from yidang.checks.models import Failure
from yidang.checks.running import check_item
from yidang.checks.views.lines import natures
from yidang.holdings.queries import get_item
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission


@require_http_methods(["GET", "POST"])
@permission_required(Permission.RUN_CHECKS)
def item(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    """What the last look said; asked to, another look at the stage of keeping."""
    found = get_item(request.grant, item_id)
    if request.method == "POST":
        check_item(request.grant, found.pk)
        messages.success(request, _("The four natures were checked."))
        return redirect("checks:item", found.pk)
    run = queries.newest_run_on(found)
    context = {
        "item": found,
        "run": run,
        "natures": natures(run) if run else [],
        "failed": list(Failure.objects.filter(item=found.pk).order_by("code").values_list("code", flat=True)),
        "is_keeper": True,
    }
    return render(request, "checks/item.html", context)
