"""A loan's pages: asking, the own loans, the desk of who decides, and the sheet with what is due next."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.access.lending import deciding, effects, opening, queries, words
from yidang.access.lending.asking import Wish, ask_loan, withdraw_loan
from yidang.access.lending.counter import is_late
from yidang.access.lending.models import Condition, Form, Loan, LoanState
from yidang.access.lending.ports import store
from yidang.access.lending.reading import lent_pdf
from yidang.access.lending.rules import EFFECTS, PURPOSES
from yidang.access.lending.states import PAPER_WAY, SCREEN_WAY
from yidang.access.lending.terms import rules
from yidang.access.lending.views.common import PER_PAGE, number, status
from yidang.holdings.models import Item
from yidang.holdings.queries import get_item
from yidang.holdings.visibility import visible_items
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid

_INVOLVED = (Permission.ASK_LOAN, Permission.APPROVE_LOAN, Permission.HAND_OVER_LOAN)


@require_GET
@permission_required(Permission.ASK_LOAN)
def mine(request: GrantedRequest) -> HttpResponse:
    loans = queries.own_loans(request.grant)
    page = Paginator(loans, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "access/lending/mine.html", {"page": page})


@require_GET
@permission_required(Permission.APPROVE_LOAN)
def desk(request: GrantedRequest) -> HttpResponse:
    decided = queries.visible_loans(request.grant).filter(steps__decided_by=request.grant.staff_id)[:PER_PAGE]
    context = {"waiting": queries.waiting_for(request.grant), "decided": decided}
    return render(request, "access/lending/desk.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@permission_required(Permission.ASK_LOAN)
def ask(request: GrantedRequest) -> HttpResponse:
    """By 档号, also for records that the asker's post does not open."""
    return _ask(request, None)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@permission_required(Permission.ASK_LOAN)
def ask_for_item(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    return _ask(request, get_item(request.grant, item_id))


def _ask(request: GrantedRequest, item: Item | None) -> HttpResponse:
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            loan = ask_loan(request.grant, wish=_wish(request.POST, item))
        except (Invalid, Conflict) as refusal:
            problem = refusal
        else:
            messages.success(request, _("The loan was asked for."))
            return redirect("lending:loan", loan.id)
    context = {
        "item": item,
        "typed": request.POST,
        "problem": problem,
        "forms": Form.values,
        "purposes": PURPOSES,
        "hours": rules().terms["hours"],
        "is_out": item is not None and queries.is_out(item),
    }
    return render(request, "access/lending/ask.html", context, status=status(problem))


def _wish(given: QueryDict, item: Item | None) -> Wish:
    codes = [str(item.pk)] if item is not None else given.get("codes", "").splitlines()
    return Wish(
        codes=codes,
        form=given.get("form", ""),
        purpose=given.get("purpose", ""),
        hours=number(given, "hours"),
        reason=given.get("reason", ""),
        reader=given.get("reader", ""),
        persons=number(given, "persons"),
        with_download=given.get("download") == "yes",
    )


@require_GET
@permission_required(*_INVOLVED)
def loan(request: GrantedRequest, loan_id: UUID) -> HttpResponse:
    return _page(request, loan_id, None)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.APPROVE_LOAN)
def decide(request: GrantedRequest, loan_id: UUID) -> HttpResponse:
    found = queries.get_loan(request.grant, loan_id)
    try:
        if request.POST.get("verdict") == "refused":
            deciding.refuse_loan(request.grant, loan_id=found.id, reason=request.POST.get("reason", ""))
        else:
            with_download = request.POST.get("download") == "yes"
            deciding.approve_loan(request.grant, loan_id=found.id, with_download=with_download)
    except (Invalid, Conflict) as problem:
        return _page(request, loan_id, problem)
    messages.success(request, _("Your decision was noted."))
    return redirect("lending:loan", loan_id)


@require_POST
@permission_required(Permission.ASK_LOAN)
def withdraw(request: GrantedRequest, loan_id: UUID) -> HttpResponse:
    queries.get_loan(request.grant, loan_id)
    try:
        withdraw_loan(request.grant, loan_id=loan_id)
    except Conflict as problem:
        return _page(request, loan_id, problem)
    messages.success(request, _("The request was taken back."))
    return redirect("lending:loan", loan_id)


@require_POST
@permission_required(Permission.ASK_LOAN)
def end(request: GrantedRequest, loan_id: UUID) -> HttpResponse:
    queries.get_loan(request.grant, loan_id)
    try:
        opening.end_reading(request.grant, loan_id=loan_id)
    except Conflict as problem:
        return _page(request, loan_id, problem)
    messages.success(request, _("Reading has ended."))
    return redirect("lending:loan", loan_id)


@sensitive_post_parameters("note")
@require_POST
@permission_required(Permission.ASK_LOAN)
def tell_effect(request: GrantedRequest, loan_id: UUID) -> HttpResponse:
    queries.get_loan(request.grant, loan_id)
    given = request.POST
    try:
        effects.register_effect(
            request.grant, loan_id=loan_id, effect=given.get("effect", ""), note=given.get("note", "")
        )
    except (Invalid, Conflict) as problem:
        return _page(request, loan_id, problem)
    messages.success(request, _("The effect stands in the register of use."))
    return redirect("lending:loan", loan_id)


@require_GET
@permission_required(Permission.ASK_LOAN)
def left(request: GrantedRequest, loan_id: UUID) -> JsonResponse:
    """{"is_open", "until"}: an open page asks whether it may stay open."""
    found = queries.own_loans(request.grant).filter(id=loan_id).first()
    is_open = found is not None and opening.is_open(found)
    until = found.until.isoformat() if found is not None and found.until is not None and is_open else None
    return JsonResponse({"is_open": is_open, "until": until})


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def take_along(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    item = get_item(request.grant, item_id)
    response = HttpResponse(lent_pdf(request.grant, item), content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{item.reference_code}.pdf"'
    return response


def _page(request: GrantedRequest, loan_id: UUID, problem: DomainError | None) -> HttpResponse:
    grant = request.grant
    found = queries.get_loan(grant, loan_id)
    is_own = found.borrower_id == grant.staff_id
    is_blind = queries.is_blind(grant, found)
    records = [] if is_blind else list(found.records.select_related("series"))
    visible = set(visible_items(grant).filter(pk__in=[one.item for one in records]).values_list("pk", flat=True))
    steps = list(found.steps.select_related("decided_by", "department"))
    context = {
        "loan": found,
        "bureau": settings.YIDANG.bureau_name,
        "records": [(one, one.item in visible, store().place_of(one.item)) for one in records],
        "words": words.words_of(found) if queries.sees_words(grant, found) else None,
        "notes": words.notes_of(found),
        "steps": [(step, words.reason_of(step)) for step in steps],
        "way": _way(found),
        "is_own": is_own,
        "is_blind": is_blind,
        "is_late": is_late(found),
        "may_decide": deciding.may_decide(grant, found),
        "may_withdraw": is_own and found.state in {LoanState.ASKED, LoanState.READY},
        "may_end": found.state == LoanState.READING and (is_own or grant.allows(Permission.DESCRIBE)),
        "may_tell": found.state == LoanState.OVER and (is_own or grant.allows(Permission.DESCRIBE)),
        "is_counter": not is_own and grant.allows(Permission.HAND_OVER_LOAN),
        "use": getattr(found, "use", None),
        "effects": EFFECTS,
        "conditions": Condition.values,
        "problem": problem,
    }
    return render(request, "access/lending/loan.html", context, status=status(problem))


def _way(loan: Loan) -> list[dict[str, object]]:
    codes = PAPER_WAY if loan.is_paper else SCREEN_WAY
    here = codes.index(LoanState(loan.state)) if loan.state in codes else -1
    return [{"code": code, "is_past": place < here, "is_here": place == here} for place, code in enumerate(codes)]
