"""For managers: what was cleared without review, what verdicts take, what each rule is worth."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.oversight.desk.citing import citation_of
from yidang.oversight.desk.measures import DAYS, ENOUGH, by_rule, measured


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
def measures(request: GrantedRequest) -> HttpResponse:
    context = {
        "found": measured(request.grant),
        "rules": [(one, citation_of(one.rule).title) for one in by_rule(request.grant)],
        "days": DAYS,
        "enough": ENOUGH,
    }
    return render(request, "oversight/measures.html", context)
