"""Certified copies: making one, the register, and the page where anybody checks the file in their hands."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.access.lending import certified, effects
from yidang.access.lending.certified import Order
from yidang.access.lending.copy_checking import LARGEST, CopyVerdict, check_copy
from yidang.access.lending.rules import EFFECTS, PURPOSES, spans
from yidang.access.lending.views.common import PER_PAGE, number, status
from yidang.holdings.queries import get_item, shown_pages
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid
from yidang.kernel.openness import public
from yidang.ledger.models import LedgerStatement
from yidang.ledger.statements import kinds
from yidang.ledger.statements.rate import Rate
from yidang.ledger.statements.wording import OUTCOMES, REASONS

TOO_MANY, TOO_LARGE = 429, 413
_TONES = {"valid": "good", "expired": "warn"}
rate = Rate()


@sensitive_post_parameters("receiver", "reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.DOWNLOAD)
def new_copy(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    item = get_item(request.grant, item_id)
    problem: DomainError | None = None
    given = request.POST
    if request.method == "POST":
        order = Order(
            pages=given.get("pages", ""),
            purpose=given.get("purpose", ""),
            receiver=given.get("receiver", ""),
            reason=given.get("reason", ""),
            persons=number(given, "persons"),
        )
        try:
            copy = certified.certify_copy(request.grant, item.pk, order=order)
        except (Invalid, Conflict) as refusal:
            problem = refusal
        else:
            messages.success(request, _("The copy was certified."))
            return redirect("lending:copy", copy.number)
    context = {"item": item, "pages": shown_pages(item), "purposes": PURPOSES, "typed": given, "problem": problem}
    return render(request, "access/lending/new_copy.html", context, status=status(problem))


@require_GET
@permission_required(Permission.VERIFY)
def copies(request: GrantedRequest) -> HttpResponse:
    page = Paginator(certified.copies_of(request.grant), PER_PAGE).get_page(request.GET.get("page"))
    revoked = LedgerStatement.objects.filter(number__in=[copy.number for copy in page], revoked_at__isnull=False)
    taken_back = set(revoked.values_list("number", flat=True))
    rows = [(copy, spans(copy.pages), copy.number in taken_back) for copy in page]
    return render(request, "access/lending/copies.html", {"page": page, "rows": rows})


@require_GET
@permission_required(Permission.VERIFY)
def copy(request: GrantedRequest, number: str) -> HttpResponse:
    return _page(request, number, None)


@require_GET
@permission_required(Permission.DOWNLOAD)
def pdf(request: GrantedRequest, number: str) -> HttpResponse:
    content = certified.hand_out_copy(request.grant, number, language=_language())
    response = HttpResponse(content, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{number}.pdf"'
    return response


@sensitive_post_parameters("note")
@require_POST
@permission_required(Permission.DOWNLOAD)
def tell_effect(request: GrantedRequest, number: str) -> HttpResponse:
    certified.get_copy(request.grant, number)
    given = request.POST
    try:
        effects.register_effect_of_copy(
            request.grant, number=number, effect=given.get("effect", ""), note=given.get("note", "")
        )
    except (Invalid, Conflict) as problem:
        return _page(request, number, problem)
    messages.success(request, _("The effect stands in the register of use."))
    return redirect("lending:copy", number)


def _page(request: GrantedRequest, number: str, problem: DomainError | None) -> HttpResponse:
    found = certified.get_copy(request.grant, number)
    row = certified.statement_of(found)
    context = {
        "copy": found,
        "pages": spans(found.pages),
        "row": row,
        "words": certified.words_of(found),
        "reason": REASONS.get(row.revocation, row.revocation),
        "effects": EFFECTS,
        "problem": problem,
    }
    return render(request, "access/lending/copy.html", context, status=status(problem))


@require_http_methods(["GET", "POST"])
@public
def check(request: HttpRequest) -> HttpResponse:
    """Nothing is kept of the file, and nothing is repeated that is not signed."""
    if request.method != "POST":
        return render(request, "access/lending/check_copy.html", {})
    if not rate.allows(str(request.META.get("REMOTE_ADDR", ""))):
        return render(request, "access/lending/check_copy.html", {"is_too_many": True}, status=TOO_MANY)
    file = request.FILES.get("file")
    if file is None or (file.size or 0) > LARGEST:
        return render(request, "access/lending/check_copy.html", {"is_too_large": True}, status=TOO_LARGE)
    return render(request, "access/lending/check_copy.html", _told(check_copy(file.read())))


def _told(verdict: CopyVerdict) -> dict[str, object]:
    claims, outcome = verdict.statement.claims, verdict.outcome
    return {
        "verdict": verdict,
        "outcome": _("This copy was altered. Do not rely on it.") if verdict.is_altered else OUTCOMES[outcome],
        "tone": _TONES.get(outcome, "bad"),
        "reason": REASONS.get(verdict.statement.reason, verdict.statement.reason),
        "sentence": kinds.sentence(claims, _language()) if claims else "",
        "lines": kinds.lines(claims, _language()) if claims else [],
    }


def _language() -> kinds.Language:
    return "en" if get_language() == "en" else "zh"
