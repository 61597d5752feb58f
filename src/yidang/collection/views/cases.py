"""Cases: what came, what is missing, asking for it; the sheet that leads scanned paper to its case."""

from datetime import datetime
from uuid import UUID

import segno
from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yidang.collection.capture import asking, checklist, opening
from yidang.collection.capture import cases as cases_of
from yidang.collection.counter import taking
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
    words = cases_of.words_of(case) if sees else None
    letters = LetterLine.objects.filter(material__case=case).select_related("letter")
    context = {
        "case": case,
        "item": item,
        "words": words,
        "steps": [{**one, "at": _moment(one["at"])} for one in words.process] if words else [],
        "materials": case.materials.all(),
        "missing": checklist.missing(case),
        "awaited": checklist.paper_awaited(case),
        "letters": list({line.letter_id: line.letter for line in letters}.values()),
        "states": CaseMaterial.State.values,
        "problem": problem,
    }
    return render(request, "collection/case.html", context, status=status(problem))


def _moment(told: str) -> datetime:
    """Of a step, in the house's own zone where the system told none."""
    at = datetime.fromisoformat(told)
    return at if timezone.is_aware(at) else timezone.make_aware(at)


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
@transaction.atomic
def sheet(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    """A sheet to lay on the case's paper before it is scanned: its code names the case and nobody.

    The number stands on it for whoever lays it down; the ledger says who looked.
    """
    case = _find(request, case_id)
    append(action="case.shown", actor=request.grant.actor, subject=case.pk, facts={"in_clear": True})
    code = segno.make(f"{cases_of.MARK}{case.pk}", error="m", micro=False)
    picture = code.svg_data_uri(scale=_MODULE, xmldecl=False)
    context = {"case": case, "words": cases_of.words_of(case), "picture": picture}
    return render(request, "collection/case_sheet.html", context)


@require_POST
@permission_required(Permission.INGEST)
def at_counter(request: GrantedRequest, case_id: UUID) -> HttpResponse:
    """Pages are taken for this case, and tick its checklist."""
    sitting = taking.open_for_case(grant=request.grant, case=_find(request, case_id))
    return redirect("collection:counter_case", sitting.pk)


@require_POST
@permission_required(Permission.COLLECT)
def open_for_item(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    return redirect("collection:case", opening.open_for_item(request.grant, item_id=item_id).pk)
