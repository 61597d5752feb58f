"""Pages that belong to no single room: home, settings, about, and the errors."""

from importlib.metadata import version

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from yidang.identity.access import GrantedRequest, signed_in
from yidang.identity.entering import local, remember_language
from yidang.identity.models import Staff
from yidang.identity.operations import choose_language as remember_choice
from yidang.kernel.errors import NotAllowed
from yidang.kernel.openness import public
from yidang.site import queries
from yidang.site.errors import error_page, error_response
from yidang.site.vendor import libraries


@require_GET
@signed_in
def home(request: GrantedRequest) -> HttpResponse:
    return render(request, "site/home.html", {"day": queries.day_of(request.grant)})


@require_GET
@signed_in
def about(request: GrantedRequest) -> HttpResponse:
    return render(request, "site/about.html", {"version": version("yidang"), "libraries": libraries()})


@require_GET
@signed_in
def settings_page(request: GrantedRequest) -> HttpResponse:
    return render(request, "site/settings.html", {"page": queries.settings_of(request.grant)})


@require_POST
@public
def choose_language(request: HttpRequest) -> HttpResponse:
    wanted = request.POST.get("next", "")
    here = local(request, wanted)
    language = request.POST.get("language", "")
    if language not in dict(settings.LANGUAGES):
        language = settings.LANGUAGE_CODE
    if isinstance(request.user, Staff):
        remember_choice(staff=request.user, language=language)
    return remember_language(redirect(here), language)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    return error_response(request, NotAllowed("form_expired"))


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return error_page(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - see above
    return error_page(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - see above
    return error_page(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - see above
    """Draws no shell: whatever broke may be what the shell needs."""
    return render(None, "site/broken.html", status=500)
