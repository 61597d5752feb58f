"""Before every page: is the session still open, and does its bearer owe something first?"""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from yidang.identity import visits
from yidang.identity.entering import VISIT, device, visit_id
from yidang.identity.factors import HAS_PROVED, has_factor, is_required
from yidang.identity.models import Staff

Handler = Callable[[HttpRequest], HttpResponseBase]

# What is open to who must first change the password or add a second factor.
_OPEN = frozenset(
    {
        "identity:account",
        "identity:password",
        "identity:totp",
        "identity:recovery",
        "identity:passkey_begin",
        "identity:passkey_add",
        "identity:again",
        "identity:again_passkey",
        "identity:sign_in",
        "identity:sign_out",
        "language",
    }
)


def gate(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if isinstance(request.user, Staff):
            if not _is_open(request, request.user):
                logout(request)
                messages.warning(request, _("Your session has ended. Sign in again."))
            elif owed := _owed(request, request.user):
                return redirect(owed)
        return get_response(request)

    return middleware


def _is_open(request: HttpRequest, staff: Staff) -> bool:
    known = visit_id(request)
    if known is None:  # signed in before sessions were counted
        begun = visits.begin(staff=staff, device=device(request), means="carried_over")
        request.session[VISIT] = str(begun.id)
        return True
    # What a page asks for by itself, again and again, keeps nobody signed in.
    is_by_itself = request.method == "GET" and "HX-Request" in request.headers
    return visits.still_open(known, staff.id, is_activity=not is_by_itself) is not None


def _owed(request: HttpRequest, staff: Staff) -> str:
    """The page that settles what is owed; blank when nothing is, or the way leads there already."""
    if staff.must_change_password:
        page = "identity:password"
    elif HAS_PROVED not in request.session and is_required(staff):
        page = "identity:again" if has_factor(staff.id) else "identity:account"
    else:
        return ""
    return "" if _name_of(request) in _OPEN else page


def _name_of(request: HttpRequest) -> str:
    try:
        return resolve(request.path_info).view_name
    except Resolver404:
        return ""
