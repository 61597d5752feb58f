"""Rounds: begun in a room, answered point by point, faults cured."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel import clock
from yidang.kernel.errors import DomainError
from yidang.storeroom.common import PER_PAGE, chosen, day, keepers, status, tried
from yidang.storeroom.models import Finding, Place, Round
from yidang.storeroom.rounds import rounds as work
from yidang.storeroom.rounds.checklist import checklist
from yidang.storeroom.rounds.photos import MOST_AT_ONCE, MOST_BYTES, picture_of

MANAGE, SEE = Permission.MANAGE_STOREROOM, Permission.SEE_STOREROOM
NOBODY = UUID(int=0)


@require_http_methods(["GET", "POST"])
@permission_required(MANAGE, SEE)
def rounds(request: GrantedRequest) -> HttpResponse:
    if request.method == "GET":
        return _rounds(request, None)
    begun: list[Round] = []
    return tried(
        request,
        lambda: begun.append(work.begin_round(request.grant, room_id=chosen(request, "room") or NOBODY)),
        done=_("The round is begun."),
        then=lambda: reverse("storeroom:round", args=[begun[0].id]),
        again=lambda problem: _rounds(request, problem),
    )


def _rounds(request: GrantedRequest, problem: DomainError | None) -> HttpResponse:
    rows = Round.objects.select_related("room", "opened_by").order_by("-number")
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "findings": [(one, work.words_of(one)[0]) for one in work.open_findings()[:PER_PAGE]],
        "rooms": Place.objects.filter(kind=Place.Kind.ROOM),
        "points": {one.code: one for one in checklist().points},
        "today": clock.today(),
        "problem": problem,
    }
    return render(request, "storeroom/rounds.html", context, status=status(problem))


@require_GET
@permission_required(MANAGE, SEE)
def one(request: GrantedRequest, round_id: UUID) -> HttpResponse:
    return _one(request, round_id, None)


def _one(request: GrantedRequest, round_id: UUID, problem: DomainError | None) -> HttpResponse:
    found = work.find_round(round_id)
    answers = {row.point: row for row in found.answers.all()}
    findings = found.findings.select_related("owner", "cured_by").prefetch_related("photos")
    by_point = {row.point: (row, *work.words_of(row)) for row in findings}
    context = {
        "round": found,
        "rows": [(asked, answers.get(asked.code), by_point.get(asked.code)) for asked in checklist().points],
        "checklist": checklist(),
        "people": keepers(),
        "today": clock.today(),
        "problem": problem,
    }
    return render(request, "storeroom/round.html", context, status=status(problem))


@sensitive_post_parameters("words")
@require_POST
@permission_required(MANAGE)
def answer(request: GrantedRequest, round_id: UUID) -> HttpResponse:
    return tried(
        request,
        lambda: work.answer(
            request.grant, round_id=round_id, point_code=request.POST.get("point", ""), wrong=_wrong(request)
        ),
        done=_("The answer is written down."),
        then=lambda: reverse("storeroom:round", args=[round_id]),
        again=lambda problem: _one(request, round_id, problem),
    )


def _wrong(request: GrantedRequest) -> work.Wrong | None:
    if request.POST.get("answer") == "good":
        return None
    owner = chosen(request, "owner") or NOBODY
    return work.Wrong(request.POST.get("words", ""), owner, day(request, "due_on"), _photos(request))


def _photos(request: GrantedRequest) -> list[bytes]:
    return [one.read(MOST_BYTES + 1) for one in request.FILES.getlist("photos")[:MOST_AT_ONCE]]


@sensitive_post_parameters("words")
@require_POST
@permission_required(MANAGE, SEE)
def cure(request: GrantedRequest, finding_id: UUID) -> HttpResponse:
    of = Finding.objects.filter(pk=finding_id).values_list("round__id", flat=True).first() or finding_id
    return tried(
        request,
        lambda: work.cure(
            request.grant, finding_id=finding_id, words=request.POST.get("words", ""), photos=_photos(request)
        ),
        done=_("The cure is written down."),
        then=lambda: reverse("storeroom:round", args=[of]),
        again=lambda problem: _one(request, of, problem),
    )


@require_GET
@permission_required(MANAGE, SEE)
def photo(request: GrantedRequest, photo_id: UUID) -> HttpResponse:  # noqa: ARG001 - Django's signature
    return HttpResponse(picture_of(photo_id), content_type="image/jpeg")
