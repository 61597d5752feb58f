"""Statements as the staff see them; what a stranger sees stands in `ledger.statements.views`."""

import json
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yidang.access import certifying
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.ledger.statements import kinds
from yidang.ledger.statements.addresses import address_of
from yidang.ledger.statements.operations import opened
from yidang.ledger.statements.paper.codes import svg
from yidang.ledger.statements.queries import statement_file
from yidang.ledger.statements.wording import REASONS
from yidang.workflow.sending import public_url


@require_POST
@permission_required(Permission.VERIFY)
def issue(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    made = certifying.state_no_change(request.grant, item_id)
    messages.success(request, gettext("The statement was issued."))
    return redirect("access:statement", made.number)


@require_GET
@permission_required(Permission.VERIFY)
def statements(request: GrantedRequest) -> HttpResponse:
    found = Paginator(certifying.visible_statements(request.grant), certifying.PER_PAGE)
    page = found.get_page(request.GET.get("page"))
    titles = {kind.code: kind.title(_language()) for kind in kinds.known()}
    codes = certifying.codes_of(request.grant, list(page))
    rows = [(row, titles.get(row.kind, row.kind), codes.get(row.subject, "")) for row in page]
    return render(request, "access/statements.html", {"rows": rows, "page": page})


@require_GET
@permission_required(Permission.VERIFY)
def statement(request: GrantedRequest, number: str) -> HttpResponse:
    row, said = certifying.show_statement(request.grant, number)
    language = _language()
    kind = kinds.kind_of(row.kind)
    context = {
        "row": row,
        "title": kind.title(language) if kind else row.kind,
        "sentence": kinds.sentence(said.claims, language),
        "lines": kinds.lines(said.claims, language),
        "claims": said.claims,
        "address": address_of(said.data, public_url()),
        "reasons": REASONS.items(),
        "reason": REASONS.get(row.revocation, row.revocation),
    }
    return render(request, "access/statement.html", context)


@require_GET
@permission_required(Permission.VERIFY)
def code(request: GrantedRequest, number: str) -> HttpResponse:
    said = opened(certifying.get_statement(request.grant, number))
    return HttpResponse(svg(said.data, public_url()), content_type="image/svg+xml")


@require_GET
@permission_required(Permission.VERIFY)
def pdf(request: GrantedRequest, number: str) -> HttpResponse:
    content = certifying.hand_out(request.grant, number, _language())
    return _attached(content, "application/pdf", f"{number}.pdf")


@require_GET
@permission_required(Permission.VERIFY)
def file(request: GrantedRequest, number: str) -> HttpResponse:
    content = statement_file(opened(certifying.get_statement(request.grant, number)))
    return _attached(
        json.dumps(content, ensure_ascii=False, indent=1).encode(), "application/json", f"{number}.statement.json"
    )


@sensitive_post_parameters("remark")
@require_POST
@permission_required(Permission.VERIFY)
def revoke(request: GrantedRequest, number: str) -> HttpResponse:
    certifying.take_back(
        request.grant, number, reason=request.POST.get("reason", ""), remark=request.POST.get("remark", "")[:400]
    )
    messages.success(request, gettext("The statement was revoked."))
    return redirect("access:statement", number)


def _attached(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _language() -> kinds.Language:
    return "en" if get_language() == "en" else "zh"
