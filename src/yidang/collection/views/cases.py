"""Cases: what came, what is missing, asking for it; the sheet that leads scanned paper to its case."""

from uuid import UUID

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yidang.collection.capture import asking, checklist, meeting, opening
from yidang.collection.capture import cases as cases_of
from yidang.collection.models import Case, CaseMaterial, LetterLine
from yidang.collection.views.common import PER_PAGE, number, status
from yidang.holdings.models import Item
from yidang.holdings.visibility import visible_items
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
from yidang.kernel.errors import Conflict, DomainError, Invalid, NotFound
from yidang.ledger.operations import append

_MODULE = 5


@require_GET
@permission_required(Permission.SEE_COLLECTION)
def listed(request: GrantedRequest) -> HttpResponse:
    """No case number stands in the list: it names persons often enough, and is shown on the case's own page."""
    lacking = Count("materials", filter=Q(materials__state=CaseMaterial.State.MISSING))
    rows = _visible(request).annotate(lacking=lacking).order_by("-received_at", "pk")
    only = request.GET.get("show") == "missing"
    rows = rows.filter(lacking__gt=0) if only else rows
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    codes = dict(_items(request, [case.item for case in page.object_list]).values_list("pk", "reference_code"))
    context = {
        "page": page,
        "rows": [{"case": case, "code": codes.get(case.item) or ""} for case in page.object_list],
        "only": only,
        "kept_query": "show=missing&" if only else "",
    }
    return render(request, "collection/cases.html", context)


def _visible(request: GrantedRequest):  # type: ignore[no-untyped-def] # noqa: ANN202 - annotated twice by callers
    rows = Case.objects.select_related("system", "series", "accession")
    if request.grant.departments is None:
        return rows
    return rows.filter(series__department__in=request.grant.departments)


def _items(request: GrantedRequest, ids: list[UUID | None]):  # type: ignore[no-untyped-def] # noqa: ANN202
    return visible_items(request.grant).filter(pk__in=[pk for pk in ids if pk])


def _find(request: GrantedRequest, case_id: UUID) -> Case:
    found: Case | None = _visible(request).filter(pk=case_id).first()
    if found is None:
        raise NotFound("case_not_found")
    return found


@require_GET
@permission_required(Permission.SEE_COLLECTION)
def one(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    return _page(request, case_id, None)


@transaction.atomic
def _page(request: GrantedRequest, case_id: UUID, problem: DomainError | None) -> HttpResponse:
    """Number and process stand in clear for whoever may see the record itself; the ledger says who looked."""
    case = _find(request, case_id)
    item: Item | None = _items(request, [case.item]).first()
    sees = item is not None or request.grant.allows(Permission.COLLECT)
    append(action="case.shown", actor=request.grant.actor, subject=case.pk, facts={"in_clear": sees})
    letters = LetterLine.objects.filter(material__case=case).select_related("letter")
    context = {
        "case": case,
        "item": item,
        "words": cases_of.words_of(case) if sees else None,
        "materials": case.materials.all(),
        "missing": checklist.missing(case),
        "awaited": checklist.paper_awaited(case),
        "letters": list({line.letter_id: line.letter for line in letters}.values()),
        "states": CaseMaterial.State.values,
        "problem": problem,
    }
    return render(request, "collection/case.html", context, status=status(problem))


@require_POST
@permission_required(Permission.COLLECT)
def settle(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    _find(request, case_id)
    try:
        cases_of.settle_material(
            request.grant, material_id=number(request, "material"), state=request.POST.get("state", "")
        )
    except (Invalid, NotFound) as problem:
        return _page(request, case_id, problem)
    return redirect("collection:case", case_id)


@require_POST
@permission_required(Permission.COLLECT)
def ask(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    try:
        letter = asking.ask_for_missing(request.grant, case_id=case_id, by=request.POST.get("by", "task"))
    except (Conflict, Invalid) as problem:
        return _page(request, case_id, problem)
    messages.success(request, _("What is missing was asked for."))
    return redirect("collection:letter", letter.id) if letter else redirect("collection:case", case_id)


@require_GET
@permission_required(Permission.COLLECT)
def sheet(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    """A sheet to lay on the case's paper before it is scanned: its code names the case and nobody."""
    case = _find(request, case_id)
    code = segno.make(f"{meeting.MARK}{case.pk}", error="m", micro=False)
    picture = code.svg_data_uri(scale=_MODULE, xmldecl=False)
    return render(request, "collection/case_sheet.html", {"case": case, "picture": picture})


@require_POST
@permission_required(Permission.COLLECT)
def open_for_item(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    return redirect("collection:case", opening.open_for_item(request.grant, item_id=item_id).pk)
