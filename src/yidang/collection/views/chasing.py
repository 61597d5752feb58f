"""The overdue board, its workbook, and the chase letters."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yidang.collection import letters
from yidang.collection import overdue as board_of
from yidang.collection.models import Institution, Letter
from yidang.collection.obligations import lateness
from yidang.collection.views.common import PER_PAGE, number, status
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound
from yidang.kernel.workbook import MEDIA_TYPE
from yidang.workflow.models import Delivery


@require_GET
@permission_required(Permission.SEE_COLLECTION)
def overdue(request: GrantedRequest) -> HttpResponse:
    return _board(request, None)


def _board(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    kind = request.GET.get("kind", "")
    days = number(request, "days") if request.method == "GET" else 0
    debtors = board_of.board(request.grant, kind=kind, days=days)
    context = {
        "debtors": [
            {"debtor": one, "late": [{"one": row, "days": lateness(row)} for row in one.late]} for one in debtors
        ],
        "total": sum(len(one.late) for one in debtors),
        "kind": kind,
        "days": days or "",
        "kinds": [*Institution.Kind.values],
        "answer_days": letters.ANSWER_DAYS,
        "problem": problem,
    }
    return render(request, "collection/overdue.html", context, status=status(problem))


@require_GET
@permission_required(Permission.SEE_COLLECTION)
def workbook(request: GrantedRequest) -> HttpResponse:
    data = board_of.workbook(request.grant, kind=request.GET.get("kind", ""), days=number(request, "days"))
    response = HttpResponse(data, content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="overdue-{today()}.xlsx"'
    return response


@require_POST
@permission_required(Permission.COLLECT)
def issue(request: GrantedRequest) -> HttpResponse:
    try:
        letter = letters.issue(
            request.grant,
            institution=request.POST.get("institution", ""),
            section=request.POST.get("section", ""),
            obligations=_chosen(request),
            answer_days=number(request, "answer_days", letters.ANSWER_DAYS),
            by_mail="by_mail" in request.POST,
        )
    except (Invalid, Conflict, NotFound) as problem:
        return _board(request, problem)
    told = (
        _("Letter %(number)s is on its way.") if letter.way == "mail" else _("Letter %(number)s waits to be printed.")
    )
    messages.success(request, told % {"number": letter.name})
    return redirect("collection:letter", letter.id)


def _chosen(request: GrantedRequest) -> list[UUID]:
    try:
        return [UUID(value) for value in request.POST.getlist("obligation")]
    except ValueError:
        raise Conflict("letter_of_another") from None


@require_GET
@permission_required(Permission.COLLECT)
def listed(request: GrantedRequest) -> HttpResponse:
    """The register 催交登记."""
    rows = Letter.objects.select_related("institution", "section", "followed_by")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "collection/letters.html", {"page": page, "today": today()})


@require_GET
@permission_required(Permission.COLLECT)
def letter(request: GrantedRequest, letter_id: UUID) -> HttpResponse:
    found = letters.find(letter_id)
    enclosed = f"{letters.ENCLOSURE}:{found.id}"
    sent = Delivery.objects.filter(enclosure=enclosed).select_related("address").prefetch_related("tries")
    context = {"letter": found, "words": letters.words_of(found), "sent": sent, "today": today()}
    return render(request, "collection/letter.html", context)


@require_GET
@permission_required(Permission.COLLECT)
def paper(request: GrantedRequest, letter_id: UUID) -> HttpResponse:
    found = letters.find(letter_id)
    response = HttpResponse(letters.hand_out(request.grant, letter_id), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{found.name}.pdf"'
    return response
