"""The public pages: nobody signs in, nothing is written down, no more is shown than the code in hand says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yidang.kernel.openness import public
from yidang.ledger.statements import kinds
from yidang.ledger.statements.checking import Verdict, check
from yidang.ledger.statements.offline_page import page
from yidang.ledger.statements.queries import signed_revocations
from yidang.ledger.statements.rate import Rate
from yidang.ledger.statements.wording import OUTCOMES, REASONS

TOO_MANY = 429
CAMERA = "camera=(self), microphone=(), geolocation=()"
_LONGEST = 8192
_TONES = {"valid": "good", "expired": "warn"}
rate = Rate()


@sensitive_post_parameters("text")
@require_http_methods(["GET", "POST"])
@public
def check_page(request: HttpRequest) -> HttpResponse:
    """The statement comes by POST; an address with it behind the # is read and handed over by the page's script."""
    context: dict[str, object] = {}
    status = 200
    if request.method == "POST" and not _may(request):
        context, status = {"is_too_many": True}, TOO_MANY
    elif request.method == "POST":
        text = request.POST.get("text", "")[:_LONGEST]
        context = {"text": text, **_told(check(text))}
    response = render(request, "ledger/check.html", context, status=status)
    response.headers["Permissions-Policy"] = CAMERA
    return response


def _told(verdict: Verdict) -> dict[str, object]:
    language: kinds.Language = "en" if get_language() == "en" else "zh"
    found: dict[str, object] = {
        "verdict": verdict,
        "outcome": OUTCOMES[verdict.outcome],
        "tone": _TONES.get(verdict.outcome, "bad"),
        "reason": REASONS.get(verdict.reason, verdict.reason),
    }
    if (claims := verdict.claims) is None:
        return found
    kind = kinds.kind_of(claims.kind)
    return found | {
        "title": kind.title(language) if kind else claims.kind,
        "sentence": kinds.sentence(claims, language),
        "lines": kinds.lines(claims, language),
        "issued": kinds.moment(claims.issued_at),
        "expires": kinds.moment(claims.expires_at),
    }


@require_GET
@public
def offline_page(request: HttpRequest) -> HttpResponse:
    if not _may(request):
        return HttpResponse(status=TOO_MANY)
    response = HttpResponse(page(), content_type="text/html; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="yidang-check.html"'
    return response


@require_GET
@public
def revocations(request: HttpRequest) -> HttpResponse:
    """The signed list, for whoever keeps it."""
    if not _may(request):
        return HttpResponse(status=TOO_MANY)
    return HttpResponse(signed_revocations(), content_type="application/cose")


def _may(request: HttpRequest) -> bool:
    return rate.allows(str(request.META.get("REMOTE_ADDR", "")))
