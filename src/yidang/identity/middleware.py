"""Who asks, settled once for each request, before anything is read."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from yidang.identity.policy import NOBODY, Grant, grant_for
from yidang.identity.reach import acting

Handler = Callable[[HttpRequest], HttpResponseBase]


def reach(get_response: Handler) -> Handler:
    """`request.grant`, and the database shows no more than it covers until the answer is made."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request.grant = grant_of(request)  # type: ignore[attr-defined]
        with acting(request.grant):  # type: ignore[attr-defined]
            return get_response(request)

    return middleware


def grant_of(request: HttpRequest) -> Grant:
    """Without a session there is nobody to look up."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return NOBODY
    return grant_for(request.user)
