"""The holdings as a tree, and what stands behind one item: history, differences, proof."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yidang.holdings import tree as classification
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def tree(request: GrantedRequest) -> HttpResponse:
    return render(request, "holdings/tree.html", {"tree": classification.tree(request.grant)})
