"""Transfers: what is due, the proposal, each step where it is due, the package, the form."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.disposition.transfers import handing, kinds, packing, proposing
from yidang.disposition.transfers.due import due_groups
from yidang.disposition.transfers.form_pdf import registration_form
from yidang.disposition.transfers.models import Transfer, TransferState
from yidang.disposition.transfers.queries import SEE, amount, find, transfers_of
from yidang.disposition.transfers.states import WAY, state_of
from yidang.disposition.transfers.terms import term_of, terms
from yidang.disposition.views.common import PER_PAGE, status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound
from yidang.preservation.packages import FORMS
from yidang.workflow.freshness import is_fresh, renew
from yidang.workflow.models import Approval, ApprovalState
from yidang.workflow.operations import ask_approval

_USUAL_LEVEL = "county"
_USUAL_FORM = "eep"


@require_GET
@permission_required(*SEE)
def transfers(request: GrantedRequest) -> HttpResponse:
    page = Paginator(transfers_of(request.grant), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "disposition/transfers.html", {"page": page})


@require_http_methods(["GET", "POST"])
@permission_required(Permission.TRANSFER_RECORDS)
def propose(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _proposal(request, None)
    given = request.POST
    words = {key: given.get(key, "") for key in ("receiver", "form", "keeping")}
    try:
        if given.get("codes", "").strip():
            made = proposing.propose_named(request.grant, codes=given["codes"].split("\n"), **words)
        else:
            groups = [_group(one) for one in given.getlist("group")]
            made = proposing.propose_due(request.grant, level=given.get("level", ""), groups=groups, **words)
    except (Invalid, Conflict, NotFound) as problem:
        return _proposal(request, problem)
    return redirect("disposition:transfer", made.id)


def _group(said: str) -> tuple[str, int]:
    """`DYMZ/2014`. Raises Invalid: `transfer_nothing_chosen`."""
    series, _slash, year = said.partition("/")
    if not year.isdecimal() or len(year) > 4:  # noqa: PLR2004 - a year
        raise Invalid("transfer_nothing_chosen")
    return series, int(year)


def _proposal(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    asked = request.GET.get("level", request.POST.get("level", _USUAL_LEVEL))
    level = asked if asked in terms() else _USUAL_LEVEL
    groups = due_groups(request.grant, term_of(level))
    context = {
        "level": level,
        "term": term_of(level),
        "levels": list(terms()),
        "groups": groups,
        "total": sum(group.count for group in groups),
        "forms": FORMS,
        "form": request.POST.get("form", _USUAL_FORM),
        "keepings": Transfer.Keeping.values,
        "keeping": request.POST.get("keeping", Transfer.Keeping.KEEP),
        "typed": request.POST,
        "chosen": request.POST.getlist("group"),
        "most": proposing.MOST_ITEMS,
        "problem": problem,
    }
    return render(request, "disposition/propose_transfer.html", context, status=status(problem))


@require_GET
@permission_required(*SEE)
def one(request: GrantedRequest, transfer_id: UUID) -> HttpResponse:
    return _page(request, transfer_id, None)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.TRANSFER_RECORDS)
def ask(request: GrantedRequest, transfer_id: UUID) -> HttpResponse:
    found = find(request.grant, transfer_id)
    reason = request.POST.get("reason", "")
    try:
        asked = ask_approval(
            grant=request.grant,
            kind=kinds.TRANSFER,
            plan={"transfer": str(found.id)},
            reason=reason,
            subject=found.id,
        )
    except (Invalid, Conflict) as problem:
        return _page(request, transfer_id, problem)
    messages.success(request, _("Approval %(number)s was asked for.") % {"number": asked.number})
    return redirect("disposition:transfer", transfer_id)


@require_POST
@permission_required(Permission.TRANSFER_RECORDS)
def pack(request: GrantedRequest, transfer_id: UUID) -> HttpResponse:
    try:
        packing.pack(request.grant, transfer_id=transfer_id)
    except (Invalid, Conflict) as problem:
        return _page(request, transfer_id, problem)
    messages.success(request, _("The package is made and was found to hold."))
    return redirect("disposition:transfer", transfer_id)


@require_POST
@permission_required(Permission.TRANSFER_RECORDS)
def download(request: GrantedRequest, transfer_id: UUID) -> HttpResponseBase:
    find(request.grant, transfer_id)
    if not is_fresh(request):
        return renew(reverse("disposition:transfer", args=[transfer_id]))
    try:
        found, reader = handing.download(request.grant, transfer_id=transfer_id, second_factor_fresh=True)
    except Conflict as problem:
        return _page(request, transfer_id, problem)
    return FileResponse(reader, as_attachment=True, filename=f"{found.name}.tar", content_type="application/x-tar")


@require_POST
@permission_required(Permission.TRANSFER_RECORDS)
def hand_over(request: GrantedRequest, transfer_id: UUID) -> HttpResponse:
    try:
        handing.hand_over(request.grant, transfer_id=transfer_id, medium=request.POST.get("medium", ""))
    except (Invalid, Conflict) as problem:
        return _page(request, transfer_id, problem)
    messages.success(request, _("The hand-over is recorded."))
    return redirect("disposition:transfer", transfer_id)


@sensitive_post_parameters("signer", "remark")
@require_POST
@permission_required(Permission.TRANSFER_RECORDS)
def receipt(request: GrantedRequest, transfer_id: UUID) -> HttpResponse:
    given = request.POST
    try:
        handing.record_receipt(
            request.grant,
            transfer_id=transfer_id,
            number=given.get("number", ""),
            on=_day(given.get("on", "")),
            signer=given.get("signer", ""),
            digest=given.get("digest", ""),
            remark=given.get("remark", ""),
        )
    except (Invalid, Conflict) as problem:
        return _page(request, transfer_id, problem)
    messages.success(request, _("The receipt is recorded. The records are transferred."))
    return redirect("disposition:transfer", transfer_id)


def _day(said: str) -> date:
    """Raises Invalid: `receipt_words_missing`."""
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise Invalid("receipt_words_missing") from None


@require_POST
@permission_required(Permission.TRANSFER_RECORDS)
def withdraw(request: GrantedRequest, transfer_id: UUID) -> HttpResponse:
    try:
        proposing.withdraw(request.grant, transfer_id=transfer_id)
    except Conflict as problem:
        return _page(request, transfer_id, problem)
    messages.success(request, _("The transfer was withdrawn. The records stay here."))
    return redirect("disposition:transfer", transfer_id)


@require_GET
@permission_required(*SEE)
def form(request: GrantedRequest, transfer_id: UUID) -> HttpResponse:
    found = find(request.grant, transfer_id)
    answer = HttpResponse(registration_form(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.name}.pdf"'
    return answer


def _page(request: GrantedRequest, transfer_id: UUID, problem: DomainError | None) -> HttpResponse:
    found = find(request.grant, transfer_id)
    state, grant = state_of(found), request.grant
    asked = Approval.objects.filter(subject=found.id, kind=kinds.TRANSFER, state=ApprovalState.ASKED).first()
    context = {
        "transfer": found,
        "amount": amount(found),
        "way": _way(found),
        "step": state.step,
        "may_step": state.permission is None or grant.allows(state.permission),
        "may_ask": state.step == "approve" and grant.allows(Permission.TRANSFER_RECORDS),
        "may_download": state.has_package and grant.allows(Permission.TRANSFER_RECORDS),
        "can_withdraw": state.can_be_withdrawn and grant.allows(Permission.TRANSFER_RECORDS),
        "receipt": handing.receipt_of(found),
        "media": handing.MEDIA,
        "asked": asked,
        "page": Paginator(found.lines.select_related("series"), PER_PAGE).get_page(request.GET.get("page")),
        "ended": found.lines.filter(is_ended=True).count(),
        "today": today(),
        "problem": problem,
    }
    return render(request, "disposition/transfer.html", context, status=status(problem))


def _way(found: Transfer) -> list[dict[str, object]]:
    codes = [state.code for state in WAY]
    here = codes.index(found.state) if found.state != TransferState.WITHDRAWN else -1
    return [{"code": code, "is_past": place < here, "is_here": place == here} for place, code in enumerate(codes)]
