"""The page of the system administrator: how the copies stand."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.preservation.models import CopyDuty
from yidang.site.copies.status import status

_NAMES: dict[str, str | Promise] = {
    CopyDuty.Kind.RUN: _("Copying"),
    CopyDuty.Kind.CHECK: _("Check of every byte"),
    CopyDuty.Kind.DRILL: _("Restore drill"),
    CopyDuty.Kind.SCRUB: _("Scrub of the stores"),
    CopyDuty.Kind.RESTORE: _("Restore"),
}
_SHOWN = 30


@require_GET
@permission_required(Permission.MANAGE_BACKUPS)
def copies(request: GrantedRequest) -> HttpResponse:
    state = status(settings.YIDANG)
    for one in [*state["duties"], *state["differences"]]:
        one["name"] = _NAMES.get(str(one.get("kind", "")), "")
        one["said"] = {key: value for key, value in one.items() if key not in {"code", "said"}}
    done = [{"duty": one, "name": _NAMES[one.kind]} for one in CopyDuty.objects.order_by("-started_at")[:_SHOWN]]
    drill = next((one for one in state["duties"] if one["kind"] == CopyDuty.Kind.DRILL), None)
    return render(
        request, "site/copies.html", {"state": state, "done": done, "drill": drill, "config": settings.YIDANG}
    )
