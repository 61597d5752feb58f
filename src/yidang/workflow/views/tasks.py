"""What waits for whom."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from yidang.identity.access import GrantedRequest, signed_in
from yidang.kernel.clock import today
from yidang.workflow import queries

PER_PAGE = 50
SHOWN = ("open", "mine", "late", "closed")


@require_GET
@signed_in
def tasks(request: GrantedRequest) -> HttpResponse:
    show = request.GET.get("show", "open")
    show = show if show in SHOWN else "open"
    kind = request.GET.get("kind", "")
    found = queries.filtered_tasks(request.grant, show=show, kind=kind)
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "show": show,
        "kind": kind,
        "kinds": queries.task_kinds(request.grant),
        "today": today(),
        "kept_query": urlencode({"show": show, "kind": kind}) + "&",
    }
    return render(request, "workflow/tasks.html", context)
