"""The models of doubt: what they are worth, why they doubt, and who lets them be heard."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_POST

from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid
from yidang.oversight.scores.gate import Figures, Month
from yidang.oversight.scores.levels import level_of
from yidang.oversight.scores.promoting import propose_promotion, propose_retirement
from yidang.oversight.scores.queries import listed, open_model
from yidang.oversight.scores.reasons import told
from yidang.oversight.views.common import status


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
def models(request: GrantedRequest) -> HttpResponse:
    rows = [(one, one.level.title(_language())) for one in listed(request.grant)]
    return render(request, "oversight/models.html", {"rows": rows})


@require_GET
@permission_required(Permission.SEE_OVERSIGHT)
def model(request: GrantedRequest, model_id: UUID) -> HttpResponse:
    return _page(request, model_id, None)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.TUNE_RULES)
def promote(request: GrantedRequest, model_id: UUID) -> HttpResponse:
    """The first of two persons asks."""
    try:
        propose_promotion(grant=request.grant, model_id=model_id, reason=request.POST.get("reason", ""))
    except (Invalid, Conflict) as problem:
        return _page(request, model_id, problem)
    messages.success(request, _("Asked: a second person decides whether the model is heard."))
    return redirect("oversight:model", model_id)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.TUNE_RULES)
def retire(request: GrantedRequest, model_id: UUID) -> HttpResponse:
    """The first of two persons asks."""
    try:
        propose_retirement(grant=request.grant, model_id=model_id, reason=request.POST.get("reason", ""))
    except (Invalid, Conflict) as problem:
        return _page(request, model_id, problem)
    messages.success(request, _("Asked: a second person decides whether the model falls silent."))
    return redirect("oversight:model", model_id)


def _page(request: GrantedRequest, model_id: UUID, problem: DomainError | None) -> HttpResponse:
    account = open_model(request.grant, model_id)
    context = {
        "account": account,
        "one": account.model,
        "level": account.level.title(_language()),
        "peers": account.level.peers_named(0, _language()),
        "column": account.level.named(account.level.baseline, _language()),
        "features": [account.level.named(name, _language()) for name in account.model.features],
        "figures": [row for name, month in account.months for row in _figures(name, month)],
        "top": [(finding, score_told(evidence.facts)) for finding, evidence in account.top],
        "problem": problem,
        "typed": request.POST,
    }
    return render(request, "oversight/model.html", context, status=status(problem))


def _figures(name: str, month: Month) -> list[tuple[str, str, Figures, Figures]]:
    """Overall first, then by group, each with the one column beside it."""
    groups = [(name, group, one, month["baseline_groups"][group]) for group, one in sorted(month["groups"].items())]
    return [(name, "", month["overall"], month["baseline"]), *groups]


def score_told(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a model's doubt in the reader's language."""
    level = level_of(facts["level"])
    reasons = told(level, [*facts["reasons"], facts["baseline"]], _language())
    return {
        "reasons": reasons[:-1],
        "baseline": reasons[-1],
        "chance": facts["chance"],
        "score": facts["score"],
        "place": facts["place"],
        "of": facts["of"],
        "number_of_peers": facts["peers"],
        "peers": level.peers_named(facts["ring"], _language()),
    }


def _language() -> str:
    return "en" if get_language() == "en" else "zh"
