"""The queue of doubts, one doubt on one page, the word on it."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound
from yidang.oversight.desk import queue as queues
from yidang.oversight.desk.citing import citation_of
from yidang.oversight.desk.models import Finding, FindingState, Moment, Verdict
from yidang.oversight.desk.queue import Filters
from yidang.oversight.desk.reading import Account, open_finding
from yidang.oversight.desk.verdicts import give_verdict, may_take_back, take_back, words_of
from yidang.oversight.institutions import names_of
from yidang.oversight.tables import reasons, reasons_for
from yidang.oversight.views.common import MOST_ROWS, PER_PAGE, status, told, xlsx
from yidang.oversight.views.scores import score_told


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
def queue(request: GrantedRequest) -> HttpResponse:
    filters = Filters.of(request.GET.dict())
    page = Paginator(queues.findings(request.grant, filters), PER_PAGE).get_page(request.GET.get("page"))
    names = names_of(one.provider for one in page.object_list)
    context = {
        "page": page,
        "filters": filters,
        "rows": [(one, citation_of(one.rule), names.get(one.provider, "")) for one in page.object_list],
        "rules": [(code, n, citation_of(code).title) for code, n in queues.rules_waiting(request.grant)],
        "states": FindingState.values,
        "moments": Moment.values,
        "waiting": queues.waiting_money(request.grant),
        "kept_query": filters.kept,
        "undo": _undoable(request),
    }
    return render(request, "oversight/queue.html", context)


def _undoable(request: GrantedRequest) -> Verdict | None:
    """The word just given, where it can still be taken back."""
    if not request.grant.allows(Permission.REVIEW_FINDINGS):
        return None
    mine = Verdict.objects.select_related("finding").filter(by=request.grant.person, undone_at__isnull=True)
    last = mine.order_by("-at").first()
    return last if last and may_take_back(last, last.finding) else None


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
def sheet(request: GrantedRequest) -> HttpResponse:
    head = [
        _("Doubt"),
        _("Rule of inspection"),
        _("Institution"),
        _("Name"),
        _("Month"),
        _("Lines in doubt"),
        _("In doubt (yuan)"),
        _("Counted (yuan)"),
        _("Fallen (yuan)"),
    ]
    head += [_("Probability"), _("State"), _("Drawn by lot"), _("Case")]
    rows = list(queues.findings(request.grant, Filters.of(request.GET.dict()))[:MOST_ROWS])
    names = names_of(one.provider for one in rows)
    return xlsx(request.grant, "doubts", head, [_row(one, names.get(one.provider, "")) for one in rows])


def _row(one: Finding, institution: str) -> list[object]:
    return [
        one.name,
        citation_of(one.rule).title,
        one.provider,
        institution,
        one.month,
        one.line_count,
        one.amount_fen / 100,
        one.counted_fen / 100,
        one.fallen_fen / 100,
        _("not calibrated yet") if one.probability is None else round(one.probability, 3),
        told(f"doubt_state_{one.standing}"),
        _("yes") if one.random_pick else "",
        one.case.name if one.case else "",
    ]


@sensitive_post_parameters("words")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.SEE_OVERSIGHT)
def finding(request: GrantedRequest, finding_id: UUID) -> HttpResponse:
    """Answered, the next of the same list comes up."""
    if request.method == "GET":
        return _page(request, finding_id, None)
    try:
        verdict = give_verdict(
            grant=request.grant,
            finding_id=finding_id,
            answer=request.POST.get("answer", ""),
            reason=request.POST.get("reason", ""),
            words=request.POST.get("words", ""),
        )
    except (Invalid, Conflict) as problem:
        return _page(request, finding_id, problem)
    messages.success(request, _("The word on %(number)s is on record.") % {"number": verdict.finding.name})
    return _next(request, verdict.finding)


def _next(request: GrantedRequest, judged: Finding) -> HttpResponse:
    filters = Filters.of(QueryDict(request.POST.get("list", "")[:400]).dict())
    following = queues.after(request.grant, filters, judged)
    url = reverse("oversight:finding", args=[following.id]) if following else reverse("oversight:queue")
    return redirect(f"{url}?{filters.query}" if filters.query else url)


@require_POST
@permission_required(Permission.REVIEW_FINDINGS)
def undo(request: GrantedRequest, verdict_id: UUID) -> HttpResponse:
    try:
        reopened = take_back(grant=request.grant, verdict_id=verdict_id)
    except (Conflict, NotFound) as problem:
        messages.error(request, told(problem.code, **problem.facts))
        return redirect("oversight:queue")
    messages.success(request, _("The word is taken back."))
    return redirect("oversight:finding", reopened.id)


def _page(request: GrantedRequest, finding_id: UUID, problem: DomainError | None) -> HttpResponse:
    account = open_finding(request.grant, finding_id)
    filters = Filters.of(request.GET.dict())
    context = {
        "account": account,
        "one": account.finding,
        "score": score_told(account.evidence.facts) if account.finding.is_model else None,
        "words": [(one, reasons().get(one.reason), words_of(one)) for one in account.verdicts],
        "may_judge": _may_judge(request, account),
        "answers": [(answer, reasons_for(answer)) for answer in Verdict.Answer.values],
        "list_query": request.POST.get("list", filters.query),
        "problem": problem,
        "typed": request.POST,
        "undo": _undoable(request),
    }
    return render(request, "oversight/finding.html", context, status=status(problem))


def _may_judge(request: GrantedRequest, account: Account) -> bool:
    return account.finding.state in queues.WAITING and request.grant.allows(Permission.REVIEW_FINDINGS)
