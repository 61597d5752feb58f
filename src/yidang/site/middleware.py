"""What every answer goes through: what a browser may load, the language, and domain errors made readable."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from yidang.kernel.errors import DomainError
from yidang.kernel.plainness import is_plain
from yidang.site.errors import error_page, error_response

_log = logging.getLogger(__name__)
Handler = Callable[[HttpRequest], HttpResponseBase]

FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
METHODS = ("GET", "HEAD", "POST", "OPTIONS")

# Bootstrap draws its check marks and arrows from data: images; everything else comes from this house alone.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; media-src 'self' blob:; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; "
    "base-uri 'none'"
)


def content_security_policy(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)  # a shared office computer keeps no page of a record
        return response

    return middleware


def known_methods(get_response: Handler) -> Handler:
    """Nothing here is written for other methods, so none reaches a view that forgot to say so."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if request.method == "HEAD":
            return _heading(get_response, request)
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return middleware


def _heading(get_response: Handler, request: HttpRequest) -> HttpResponseBase:
    """As a GET, without what it would have said: views are written for GET alone."""
    request.method = "GET"
    answer = get_response(request)
    if isinstance(answer, HttpResponse):
        answer.headers.setdefault("Content-Length", str(len(answer.content)))
        answer.content = b""
        return answer
    kept = {name: value for name, value in answer.items() if name != "Content-Length"}
    answer.close()
    return HttpResponse(status=answer.status_code, headers=kept)


def plain_input(get_response: Handler) -> Handler:
    """What no form sends is refused before a view meets it: characters that no column holds, numbers without end."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_view(request: HttpRequest, view: object, *_: object) -> HttpResponse | None:
        given = [request.GET]
        if request.content_type in FORMS and not getattr(view, "reads_its_body", False):
            given.append(request.POST)
        values = (value for one in given for name, values in one.lists() for value in (name, *values))
        if all(is_plain(value) for value in values):
            return None
        _log.warning("input that no form sends was refused at %s", _route(request))
        return error_page(request, 400)

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _route(request: HttpRequest) -> str:
    """The name of the route: an address may hold what somebody typed."""
    return request.resolver_match.view_name if request.resolver_match else "?"


def language(get_response: Handler) -> Handler:
    """The cookie follows the staff member's own choice, set at sign-in and by the switch."""
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponseBase:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        with translation.override(chosen if chosen in known else settings.LANGUAGE_CODE):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = get_response(request)
            response.headers.setdefault("Content-Language", request.LANGUAGE_CODE)
            return response

    return middleware


def domain_errors(get_response: Handler) -> Handler:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        return get_response(request)

    def process_exception(request: HttpRequest, problem: Exception) -> HttpResponse | None:
        return error_response(request, problem) if isinstance(problem, DomainError) else None

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware
