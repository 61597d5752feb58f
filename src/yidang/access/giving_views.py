"""Giving a record to a colleague, and ending that."""

from contextlib import suppress
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yidang.access import giving
from yidang.holdings.queries import get_item, shown_pages
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Invalid


@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESCRIBE)
def give(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    item = get_item(request.grant, item_id)
    problem = None
    if request.method == "POST":
        try:
            giving.give(
                request.grant,
                item_id=item.pk,
                to=_colleague(request.POST),
                until=_day(request.POST),
                page=_number(request.POST),
            )
        except Invalid as refusal:
            problem = refusal
        else:
            messages.success(request, _("The record stands among the tasks of your colleague."))
            return redirect("access:item", item.pk)
    context = {
        "item": item,
        "colleagues": giving.colleagues(request.grant),
        "pages": shown_pages(item),
        "first": today(),
        "last": today() + giving.LONGEST,
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "access/give.html", context, status=422 if problem else 200)


def _colleague(typed: QueryDict) -> UUID | None:
    with suppress(ValueError):
        return UUID(typed.get("to", ""))
    return None


def _day(typed: QueryDict) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(typed.get("until", ""))
    return None


def _number(typed: QueryDict) -> int | None:
    """What is no number is no page: 0."""
    page = typed.get("page", "").strip()
    if not page:
        return None
    return int(page) if page.isascii() and page.isdigit() else 0


@require_POST
@permission_required(Permission.VIEW_RECORDS)
def end(request: GrantedRequest, task_id: UUID) -> HttpResponse:
    item_id = giving.end(request.grant, task_id=task_id)
    messages.success(request, _("Done: the record is no longer shown to the colleague in clear."))
    return redirect("access:item", item_id) if request.grant.allows(Permission.DESCRIBE) else redirect("workflow:tasks")
