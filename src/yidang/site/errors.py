"""Errors as people meet them: a page, or a notice when only a part of a page was asked for."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from yidang.kernel.errors import DomainError, Unavailable
from yidang.kernel.texts import Language, say
from yidang.site.http import status_of


def text_language() -> Language:
    return "en" if get_language() == "en" else "zh"


def text_of(error: DomainError) -> str:
    return say(error.code, text_language(), **error.facts)


def error_response(request: HttpRequest, error: DomainError) -> HttpResponse:
    status = status_of(error)
    response = _in_the_form_asked_for(request, status, text_of(error), error.code)
    if isinstance(error, Unavailable) and error.retryable:
        response["Retry-After"] = "5"
    return response


def _in_the_form_asked_for(request: HttpRequest, status: int, text: str, code: str) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return _as_notice(request, status, text)
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"code": code, "message": text}, status=status)
    return error_page(request, status, text)


def _as_notice(request: HttpRequest, status: int, text: str) -> HttpResponse:
    response = render(request, "site/_notice.html", {"tone": "bad", "text": text}, status=status)
    response["HX-Retarget"] = "#notices"
    response["HX-Reswap"] = "beforeend"
    return response


def error_page(request: HttpRequest, status: int, text: str = "") -> HttpResponse:
    return render(
        request, "site/error.html", {"status": status, "family": _family(status), "text": text}, status=status
    )


def _family(status: int) -> str:
    """The heading chosen by the template; unknown codes share the one of a broken server."""
    named = {
        HTTPStatus.BAD_REQUEST: "invalid",
        HTTPStatus.UNPROCESSABLE_ENTITY: "invalid",
        HTTPStatus.FORBIDDEN: "not_allowed",
        HTTPStatus.NOT_FOUND: "not_found",
        HTTPStatus.CONFLICT: "conflict",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "too_large",
        HTTPStatus.TOO_MANY_REQUESTS: "too_many",
        HTTPStatus.SERVICE_UNAVAILABLE: "unavailable",
    }
    return named.get(HTTPStatus(status), "broken")
