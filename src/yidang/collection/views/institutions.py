"""Institutions that hand in: the list, one with its contact and the addresses by which it hears of what it owes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST

from yidang.collection import institutions
from yidang.collection.models import Institution
from yidang.collection.views.common import PER_PAGE, status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import DomainError, Invalid
from yidang.workflow.outbox_models import Channel


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@permission_required(Permission.COLLECT)
def listed(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, None)
    given = request.POST
    try:
        made = institutions.keep_institution(
            request.grant,
            code=given.get("code", ""),
            name=given.get("name", ""),
            kind=given.get("kind", ""),
            contact={field: given.get(field, "") for field in institutions.CONTACT},
            is_active="is_closed" not in given,
        )
    except Invalid as problem:
        return _page(request, problem)
    messages.success(request, _("The institution is kept."))
    return redirect("collection:institution", made.code)


def _page(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    page = Paginator(Institution.objects.order_by("code"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [{"one": one, "channels": sorted(institutions.channels_of(one))} for one in page.object_list],
        "kinds": Institution.Kind.values,
        "typed": request.POST,
        "problem": problem,
    }
    return render(request, "collection/institutions.html", context, status=status(problem))


@sensitive_post_parameters()
@require_http_methods(["GET"])
@permission_required(Permission.COLLECT)
def one(request: GrantedRequest, institution: str) -> HttpResponse:
    return _one(request, institution, None)


def _one(request: GrantedRequest, code: str, problem: DomainError | None, secret: str = "") -> HttpResponse:
    found = institutions.find(code)
    context = {
        "one": found,
        "contact": institutions.contact_of(found),
        "channels": institutions.channels_of(found),
        "kinds": Institution.Kind.values,
        "secret": secret,
        "problem": problem,
    }
    return render(request, "collection/institution.html", context, status=status(problem))


@sensitive_variables("secret")
@sensitive_post_parameters("target")
@require_POST
@permission_required(Permission.COLLECT)
def channel(request: GrantedRequest, institution: str) -> HttpResponse:
    """A webhook's secret is shown on the very page that answers, and nowhere again."""
    way = Channel.WEBHOOK if request.POST.get("channel") == Channel.WEBHOOK else Channel.EMAIL
    try:
        target = request.POST.get("target", "")
        secret = institutions.set_channel(request.grant, code=institution, channel=way, target=target)
    except Invalid as problem:
        return _one(request, institution, problem)
    if secret:
        return _one(request, institution, None, secret)
    messages.success(request, _("The address is kept."))
    return redirect("collection:institution", institution)
