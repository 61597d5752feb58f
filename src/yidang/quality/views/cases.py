"""Rectification cases: the list, one case, its steps."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotAllowed, NotFound
from yidang.quality import rectification
from yidang.quality.models import Case, CaseState
from yidang.quality.processes import subject_in_words
from yidang.quality.views.common import PER_PAGE, day, status, told, xlsx
from yidang.quality.views.people import chosen_person

_FACTS = ("filed", "owed", "rate", "threshold", "sample", "wrong", "compared")
SHOWS = ("open", "mine", "late", "closed")


@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_QUALITY)
def cases(request: GrantedRequest) -> HttpResponse:
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            return redirect("quality:case", _open(request).id)
        except (Invalid, Conflict, NotAllowed) as found:
            problem = found
    show = request.GET.get("show", "open")
    show = show if show in SHOWS else "open"
    page = Paginator(rectification.cases(request.grant, show=show), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, rectification.is_late(one)) for one in page.object_list],
        "show": show,
        "shows": SHOWS,
        "owners": rectification.possible_owners(),
        "usual": rectification.usual_deadline(),
        "kept_query": f"show={show}&",
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "quality/cases.html", context, status=status(problem))


def _open(request: GrantedRequest) -> Case:
    return rectification.open_case(
        grant=request.grant,
        kind="other",
        subject=request.POST.get("subject", ""),
        owner=chosen_person(request, "owner"),
        deadline=day(request, "deadline"),
        facts={},
    )


@require_GET
@permission_required(Permission.SEE_QUALITY)
def sheet(request: GrantedRequest) -> HttpResponse:
    show = request.GET.get("show", "open")
    head = [_("Rectification case"), _("Kind"), _("Subject"), _("Owner"), _("Deadline"), _("State"), _("Opened on")]
    rows = [
        [
            one.name,
            told(f"case_kind_{one.kind}"),
            subject_in_words(one.subject),
            one.owner.display_name,
            one.deadline.isoformat(),
            told(f"case_state_{one.state}"),
            one.opened_at.astimezone(clock.CHINA).date().isoformat(),
        ]
        for one in rectification.cases(request.grant, show=show if show in SHOWS else "open")
    ]
    return xlsx(request.grant, "rectification", head, rows)


@require_GET
@permission_required(Permission.SEE_QUALITY)
def case(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    return _page(request, case_id, None)


def _page(request: GrantedRequest, case_id: UUID, problem: DomainError | None) -> HttpResponse:
    found = rectification.find_case(request.grant, case_id)
    is_owner = found.owner_id == request.grant.staff_id
    may_judge = request.grant.allows(Permission.ACCEPT_CURES)
    waits = found.state in {CaseState.OPENED, CaseState.RETURNED}
    context = {
        "case": found,
        "is_late": rectification.is_late(found),
        "told": [(name, found.facts[name]) for name in _FACTS if name in found.facts],
        "steps": [(one, rectification.words_of(one)) for one in found.steps.select_related("by")],
        "may_hand_in": is_owner and waits,
        "may_judge": may_judge and not is_owner and found.state == CaseState.CURE,
        "may_reassign": may_judge and waits,
        "may_close": may_judge and found.state == CaseState.ACCEPTED,
        "owners": rectification.possible_owners(),
        "usual": rectification.usual_deadline(),
        "problem": problem,
        "typed": request.POST,
        "today": clock.today(),
    }
    return render(request, "quality/case.html", context, status=status(problem))


@sensitive_post_parameters("words")
@require_POST
@permission_required(Permission.RECTIFY, Permission.ACCEPT_CURES)
def take_step(request: GrantedRequest, case_id: UUID, step: str) -> HttpResponse:
    if step not in _STEPS:
        raise NotFound("rectification_not_found")
    try:
        _STEPS[step](request, case_id)
    except (Invalid, Conflict, NotAllowed) as problem:
        if not request.grant.allows(Permission.SEE_QUALITY):
            raise
        return _page(request, case_id, problem)
    messages.success(request, _("The step is kept."))
    return redirect("quality:case", case_id)


def _hand_in(request: GrantedRequest, case_id: UUID) -> None:
    sent = request.FILES.get("file")
    if sent is not None and (sent.size or 0) > rectification.LARGEST:
        raise Invalid("case_file_wrong")
    data = sent.read() if sent is not None else b""
    rectification.hand_in_cure(grant=request.grant, case_id=case_id, words=request.POST.get("words", ""), file=data)


def _accept(request: GrantedRequest, case_id: UUID) -> None:
    rectification.accept_cure(grant=request.grant, case_id=case_id, words=request.POST.get("words", ""))


def _give_back(request: GrantedRequest, case_id: UUID) -> None:
    words = request.POST.get("words", "")
    rectification.give_back(grant=request.grant, case_id=case_id, words=words, deadline=day(request, "deadline"))


def _reassign(request: GrantedRequest, case_id: UUID) -> None:
    owner, deadline = chosen_person(request, "owner"), day(request, "deadline")
    rectification.reassign(grant=request.grant, case_id=case_id, owner=owner, deadline=deadline)


def _close(request: GrantedRequest, case_id: UUID) -> None:
    rectification.close(grant=request.grant, case_id=case_id)


_STEPS = {
    "hand-in": _hand_in,
    "accept": _accept,
    "give-back": _give_back,
    "reassign": _reassign,
    "close": _close,
}


@require_GET
@permission_required(Permission.SEE_QUALITY)
def evidence(request: GrantedRequest, case_id: UUID, step_id: UUID) -> HttpResponse:
    data, media_type = rectification.file_of(request.grant, case_id, step_id)
    answer = HttpResponse(data, content_type=media_type)
    answer["Content-Disposition"] = "attachment"
    return answer
