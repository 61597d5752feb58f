"""The door."""

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from yidang.identity import operations
from yidang.identity.forms import SignInForm
from yidang.identity.models import Staff

YEAR = 365 * 24 * 3600


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(_destination(request))
    form = SignInForm(request.POST or None, address=_address(request))
    if form.is_valid():
        login(request, form.staff)
        return remember_language(redirect(_destination(request)), form.staff.language)
    context = {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, "identity/sign_in.html", context, status=_status(form))


def _status(form: SignInForm) -> int:
    if form.has_error("__all__", "too_many_sign_ins"):
        return 429
    return 422 if form.errors else 200


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    if isinstance(request.user, Staff):
        operations.sign_out(staff=request.user)
    logout(request)
    return redirect("identity:sign_in")


def remember_language(response: HttpResponse, language: str) -> HttpResponse:
    """The cookie tells the language before anybody has signed in."""
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax")
    return response


def _destination(request: HttpRequest) -> str:
    """Only a place in this house, never where a forged link points."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))
