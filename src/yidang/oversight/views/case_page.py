"""One case on one page, with the forms of the step it is at."""

from collections import Counter
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from yidang.identity.access import GrantedRequest
from yidang.identity.policy import Permission
from yidang.kernel.errors import DomainError
from yidang.oversight.cases import deciding, rules
from yidang.oversight.cases.models import Case
from yidang.oversight.cases.papers import USUAL_DAYS
from yidang.oversight.cases.queries import Account, account_of
from yidang.oversight.desk.citing import citation_of
from yidang.oversight.desk.models import Finding, FindingState
from yidang.oversight.rules.loading import book
from yidang.oversight.tables import behaviours
from yidang.oversight.views.common import status


def page(request: GrantedRequest, case_id: UUID, problem: DomainError | None) -> HttpResponse:
    account = account_of(request.grant, case_id)
    case = account.case
    carries = any(one.pk == request.grant.staff_id for one in account.team)
    may = carries and request.grant.allows(Permission.REVIEW_FINDINGS)
    context = {
        "account": account,
        "case": case,
        "fallen": fallen(account),
        "fell_at": next((step.at for step, _words in reversed(account.steps) if step.step == "overturned"), None),
        "findings": [(one, citation_of(one.rule)) for one in account.findings],
        "open_steps": [step for step in rules.STEPS if may and rules.allows(step, case.state)],
        "may_notify": rules.allows("notify", case.state) and (may or case.state != "decided"),
        "may_confirm": may or request.grant.allows(Permission.SIGN_DECISIONS),
        "behaviours": [one for one in behaviours().values() if one.subject == "机构" and one.band],
        "likely_behaviour": _likely(account),
        "may_overturn": request.grant.allows(Permission.REVIEW_FINDINGS)
        and case.outcome == "against"
        and rules.allows("overturn", case.state)
        and account.falling is None
        and any(one.state == FindingState.UPHELD for one in account.findings),
        "fall_grounds": Case.Ground.values,
        "doctors": deciding.doctors_of(case),
        "usual_days": USUAL_DAYS,
        "problem": problem,
        "typed": request.POST,
        "picked": _picked(request, account),
        "picked_staff": request.POST.getlist("staff"),
    }
    return render(request, "oversight/case.html", context, status=status(problem))


def fallen(account: Account) -> list[Finding]:
    return [one for one in account.findings if one.has_fallen]


def _picked(request: GrantedRequest, account: Account) -> list[Finding]:
    """What was ticked in the form that came back with a problem."""
    ticked = {*request.POST.getlist("upheld"), *request.POST.getlist("fallen")}
    return [one for one in account.findings if str(one.id) in ticked]


def _likely(account: Account) -> str:
    """What most rules behind the doubts of the case name as the behaviour."""
    named = {rule.id: rule.citation.violation for rule in book()}
    found = Counter(named[one.rule] for one in account.findings if named.get(one.rule))
    return found.most_common(1)[0][0] if found else ""
