"""Synonyms in force; one is taken on from a proposal of the analysis, or taken back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from yidang.access.lending.views.common import status
from yidang.access.synonyms.finding import in_force
from yidang.access.synonyms.operations import accept_synonym, end_synonym
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid


@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESCRIBE)
def synonyms(request: GrantedRequest) -> HttpResponse:
    problem: DomainError | None = None
    if request.method == "POST":
        try:
            accept_synonym(request.grant, words=request.POST.get("words", ""), like=request.POST.get("like", ""))
        except (Invalid, Conflict) as refusal:
            problem = refusal
        else:
            messages.success(request, _("The search knows the synonym from now on."))
            return redirect("lending:synonyms")
    context = {"rows": in_force(), "typed": request.POST, "problem": problem}
    return render(request, "access/lending/synonyms.html", context, status=status(problem))


@require_POST
@permission_required(Permission.DESCRIBE)
def end(request: GrantedRequest, synonym_id: UUID) -> HttpResponse:
    end_synonym(request.grant, synonym_id=synonym_id)
    messages.success(request, _("The synonym was taken back."))
    return redirect("lending:synonyms")
