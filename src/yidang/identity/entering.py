"""From a proved identity to an open session: what the several doors have in common."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from yidang.identity import visits
from yidang.identity.factors import has_factor, note_proof
from yidang.identity.models import Staff
from yidang.identity.visits import Device
from yidang.kernel.clock import now

VISIT = "visit"
_HALF_WAY = "half_way"
_HALF_WAY_SECONDS = 300
YEAR = 365 * 24 * 3600


def enter(request: HttpRequest, staff: Staff, *, means: str, is_second: bool, then: str = "") -> HttpResponse:
    """Opens the session under a new key, so that one planted before is worth nothing."""
    destination = local(request, then)
    request.session.flush()
    login(request, staff)
    visit = visits.begin(staff=staff, device=device(request), means=means)
    request.session[VISIT] = str(visit.id)
    note_proof(request, is_second=is_second)
    if visits.elsewhere(visit):
        messages.warning(request, _("Your account is open at another device too. If that is not you, end it here."))
        destination = reverse("identity:account")
    return remember_language(redirect(destination), staff.language)


def first_step_done(request: HttpRequest, staff: Staff, *, means: str, then: str) -> HttpResponse:
    """In at once, or half way in when a second factor is held."""
    if not has_factor(staff.id):
        return enter(request, staff, means=means, is_second=False, then=then)
    request.session.flush()
    request.session[_HALF_WAY] = {"staff": str(staff.id), "means": means, "at": now().timestamp(), "then": then}
    return redirect("identity:second")


def half_way(request: HttpRequest) -> dict[str, Any] | None:
    """{"staff": Staff, "means", "then"} of who gave the right password within the last minutes."""
    kept = request.session.get(_HALF_WAY)
    if not kept or not 0 <= now().timestamp() - kept["at"] <= _HALF_WAY_SECONDS:
        return None
    staff = Staff.objects.filter(pk=kept["staff"], is_active=True).first()
    return {"staff": staff, "means": kept["means"], "then": kept["then"]} if staff else None


def leave(request: HttpRequest) -> None:
    if isinstance(request.user, Staff):
        visits.leave(staff=request.user, visit_id=visit_id(request))
    logout(request)


def visit_id(request: HttpRequest) -> UUID | None:
    kept = request.session.get(VISIT)
    return UUID(kept) if kept else None


def device(request: HttpRequest) -> Device:
    return Device(agent=request.headers.get("User-Agent", ""), address=address(request))


def address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def local(request: HttpRequest, wanted: str) -> str:
    """Only a path in this house, never where a forged link points, nor a word that Django takes for a route's name."""
    is_here = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    if is_here and wanted.startswith("/"):
        return wanted
    return resolve_url(settings.LOGIN_REDIRECT_URL)


def remember_language(response: HttpResponse, language: str) -> HttpResponse:
    """The cookie tells the language before anybody has signed in."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE
    )
    return response
