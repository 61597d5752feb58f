"""The ledger as its watchers see it: how far it is out of our hands."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.ledger.anchoring.states import states


@require_GET
@permission_required(Permission.SEE_AUDIT, Permission.MANAGE_KEYS, Permission.SEE_SYSTEM)
def ledger(request: GrantedRequest) -> HttpResponse:
    return render(request, "site/ledger.html", {"state": states()})
