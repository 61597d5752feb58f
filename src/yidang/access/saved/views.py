"""Saving and forgetting views, and taking along a list of chosen hits."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from yidang.access import refining
from yidang.access.query import open_words, parse
from yidang.access.saved.listing import FORMS, as_csv, list_of
from yidang.access.saved.operations import forget_view, save_view
from yidang.holdings.models import Item
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel import clock, workbook
from yidang.kernel.errors import Conflict, Invalid
from yidang.kernel.texts import say


@sensitive_post_parameters("name")
@require_POST
@permission_required(Permission.VIEW_RECORDS)
def save(request: GrantedRequest) -> HttpResponse:
    given = {name: list(values) for name, values in request.POST.lists() if name not in {"name", "s"}}
    query = parse(open_words(request.POST.get("s", "")), given)
    try:
        save_view(grant=request.grant, name=request.POST.get("name", ""), query=query)
    except (Invalid, Conflict) as problem:
        messages.error(request, say(problem.code, "en" if get_language() == "en" else "zh", **problem.facts))
    else:
        messages.success(request, _("The view was saved. It stands on the search page."))
    return redirect(reverse("access:search") + refining.address(query, list(query.filters())))


@require_POST
@permission_required(Permission.VIEW_RECORDS)
def forget(request: GrantedRequest, view_id: UUID) -> HttpResponse:
    forget_view(grant=request.grant, view_id=view_id)
    messages.success(request, _("The view was forgotten."))
    return redirect("access:search")


@require_POST
@permission_required(Permission.DOWNLOAD)
def take_list(request: GrantedRequest, form: str) -> HttpResponse:
    chosen, titles = list_of(request.grant, _ids(request.POST.getlist("item")), form)
    head = [_("Reference code"), _("Title"), _("Year"), _("Series"), _("Retention period"), _("Dated"), _("Pages")]
    rows = [_row(item, title) for item, title in zip(chosen, titles, strict=True)]
    body = workbook.as_xlsx(workbook.Sheet(_("Archive records"), head, rows)) if form == "xlsx" else as_csv(head, rows)
    name = f"records-{clock.today():%Y%m%d}.{form}"
    return HttpResponse(
        body, content_type=FORMS[form], headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _row(item: Item, title: str) -> list[str]:
    series = item.series.title_en if get_language() == "en" else item.series.title_zh
    dated = item.formed_on.isoformat() if item.formed_on else ""
    code = item.reference_code or item.working_number
    return [code, title, str(item.year or ""), series, item.term, dated, str(item.page_count)]


def _ids(given: list[str]) -> list[UUID]:
    """What is no id is no record."""
    found = []
    for one in given:
        with suppress(ValueError):
            found.append(UUID(one))
    return found
