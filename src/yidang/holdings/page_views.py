"""Pages put in order and turned by hand, before filing and after."""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yidang.holdings import operations, queries
from yidang.holdings.models import Page
from yidang.holdings.showing import open_item
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Invalid

TURNS = (0, 90, 180, 270)


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESCRIBE)
def arrange(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    """A draft is changed where it lies; a filed item gets a new version, which asks for a reason."""
    if request.method == "GET":
        item = open_item(request.grant, item_id).item
        context = {"item": item, "pages": _pages(item_id), "turns": TURNS, "is_draft": item.version == 0}
        return render(request, "holdings/arrange.html", context)
    item = queries.get_item(request.grant, item_id)
    order, turns = _typed(request, _pages(item_id))
    if item.version == 0:
        operations.arrange_draft_pages(request.grant, item_id=item_id, order=order, turns=turns)
        messages.success(request, _("The pages were put in order."))
        return redirect("intake:confirm_item", item_id)
    reason = request.POST.get("reason", "")
    operations.arrange_pages(request.grant, item_id=item_id, order=order, turns=turns, reason=reason)
    messages.success(request, _("The pages were put in order, as a new version."))
    return redirect("access:item", item_id)


def _pages(item_id: UUID) -> list[Page]:
    return list(Page.objects.filter(item=item_id).order_by("number"))


def _typed(request: HttpRequest, pages: Iterable[Page]) -> tuple[list[UUID], dict[UUID, int]]:
    """Two pages given one place keep the order they had."""
    places = {page.pk: (_number(request, f"place-{page.pk}"), page.number) for page in pages}
    turns = {pk: _number(request, f"turn-{pk}") for pk in places}
    return sorted(places, key=places.__getitem__), {pk: degrees for pk, degrees in turns.items() if degrees}


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    if not given.isdecimal():
        raise Invalid("number_malformed")
    return int(given)
