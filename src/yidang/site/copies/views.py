"""The page of the system administrator: how the copies stand."""

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import now
from yidang.preservation.models import CopyDuty
from yidang.site.copies import schedule
from yidang.site.copies.status import in_words, status

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
    for one in state["duties"]:
        one |= {"name": _NAMES[one["kind"]], "begun_at": one["at"] and datetime.fromisoformat(one["at"])}
    wrong = [in_words(one, "en" if get_language() == "en" else "zh") for one in state["differences"]]
    planned = schedule.parse(settings.YIDANG.backup_schedule)
    done = [{"duty": one, "name": _NAMES[one.kind]} for one in CopyDuty.objects.order_by("-started_at")[:_SHOWN]]
    drill = next((one for one in state["duties"] if one["kind"] == CopyDuty.Kind.DRILL), None)
    shown = {"duties": state["duties"], "wrong": wrong, "done": done, "drill": drill, "config": settings.YIDANG}
    return render(request, "site/copies.html", shown | {"next": planned.last_before(now()) + planned.period})
