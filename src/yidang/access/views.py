"""Finding and reading."""

from io import BytesIO
from uuid import UUID

from django.http import FileResponse, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from yidang.access import refining
from yidang.access.asides import asides
from yidang.access.giving import given
from yidang.access.lending.searches import note_failure
from yidang.access.lending.showing import lent
from yidang.access.page_images import WIDTHS, page_image
from yidang.access.page_text import lit_page, page_in_clear
from yidang.access.ports import Order
from yidang.access.query import Query, open_words, parse, seal_words
from yidang.access.recordings import may_play, recordings_of
from yidang.access.saved.operations import views_of
from yidang.access.search import Results, search
from yidang.access.searchable_pdf import searchable_pdf
from yidang.holdings.queries import former_codes, get_item, shown_pages
from yidang.holdings.showing import open_item
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Invalid


@sensitive_post_parameters("q")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.VIEW_RECORDS)
def search_page(request: GrantedRequest) -> HttpResponse:
    """Words come by POST and go on in the address sealed; a question with an ID number is answered at once."""
    words = request.POST.get("q", "") or request.GET.get("q", "")
    try:
        if not words:
            return _answer(request, parse(open_words(request.GET.get("s", "")), _filters(request.GET)))
        query = parse(words, _filters(request.POST))
    except Invalid as problem:
        note_failure(request.grant, words=words, code=problem.code)
        return render(request, "access/search.html", {"problem": problem, "query": {"text": words}}, status=422)
    if query.is_sensitive:
        return _answer(request, query)
    return redirect(reverse("access:search") + refining.address(query, list(query.filters())))


def _filters(given: QueryDict) -> dict[str, list[str]]:
    return {name: list(values) for name, values in given.lists()}


def _answer(request: GrantedRequest, query: Query) -> HttpResponse:
    saved = {"saved_views": views_of(request.grant)}
    if query.is_blank:
        return render(request, "access/search.html", saved | {"query": query})
    results = search(request.grant, query)
    context = _context(results) | saved | {"can_break_glass": _is_bounded(request.grant)}
    return render(request, "access/search.html", context)


def _is_bounded(grant: Grant) -> bool:
    """The offer stands under every answer, or its absence would tell that there is nothing."""
    return grant.allows(Permission.BREAK_GLASS) and not any(reach.is_everything for reach in grant.reaches)


def _context(results: Results) -> dict[str, object]:
    query = results.query
    return {
        "query": query,
        "results": results,
        "words": "" if query.is_sensitive else seal_words(query.text),
        "kept": list(query.filters()),
        "facets": refining.facets(results),
        "chosen": list(refining.chosen(query)),
        "newest_address": refining.ordered_by(query, Order.NEWEST),
        "best_address": refining.ordered_by(query, Order.BEST),
        "first_rank": (query.page - 1) * query.page_size + 1,
        "previous_page": refining.on_page(query, query.page - 1) if query.page > 1 else "",
        "next_page": refining.on_page(query, query.page + 1) if results.has_more else "",
    }


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def by_code(request: GrantedRequest, code: str) -> HttpResponse:
    """Any spelling of a 档号, current or former: what a printed list or a label leads to."""
    return redirect("access:item", get_item(request.grant, code).pk)


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def item(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    opened = open_item(request.grant, item_id)
    images = shown_pages(opened.item)
    may_describe = request.grant.allows(Permission.DESCRIBE)
    context = {
        "item": opened.item,
        "opened": opened,
        "words": request.GET.get("s", ""),
        "page_numbers": range(1, images + 1),
        "images": images,
        "recordings": recordings_of(opened.item),
        "can_play": may_play(request.grant, opened.item),
        "former_codes": former_codes(opened.item),
        **lent(request.grant, opened.item),
        "given": given(request.grant, opened.item),
        "can_download": request.grant.allows(Permission.DOWNLOAD) and images > 0,
        "can_describe": may_describe and opened.item.version > 0,
        "is_held": may_describe and opened.item.holds.exists(),  # a reader is not told of an inspection
        "can_unmask": request.grant.allows(Permission.UNMASK),
        "can_verify": request.grant.allows(Permission.VERIFY) and opened.item.version > 0,
        "asides": asides(request.grant, opened.item),
    }
    return render(request, "access/item.html", context)


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def page(request: GrantedRequest, item_id: UUID, number: int) -> HttpResponse:
    width = request.GET.get("w", "")
    wanted = int(width) if width.isdecimal() else WIDTHS[-1]
    image = page_image(request.grant, get_item(request.grant, item_id), number, wanted)
    return HttpResponse(image.jpeg(), content_type="image/jpeg")


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.VIEW_RECORDS)
def page_words(request: GrantedRequest, item_id: UUID, number: int) -> HttpResponse:
    """{"lines": [{"box": [x0, y0, x1, y1], "parts": [[text, is_match], …]}, …]}; a POST with a reason uncovers them."""
    words = open_words(request.GET.get("s", ""))
    query = parse(words) if words else None
    if request.method == "POST":
        reason = request.POST.get("reason", "")
        lines = page_in_clear(request.grant, item_id, number, reason=reason, query=query)
    else:
        lines = lit_page(request.grant, get_item(request.grant, item_id), number, query)
    rows = [{"box": list(line.box), "parts": [[part.text, part.is_match] for part in line.parts]} for line in lines]
    return JsonResponse({"lines": rows})


@require_GET
@permission_required(Permission.DOWNLOAD)
def download(request: GrantedRequest, item_id: UUID) -> FileResponse:
    found = get_item(request.grant, item_id)
    sink = BytesIO()
    searchable_pdf(request.grant, found, sink)
    sink.seek(0)
    name = f"{found.reference_code or found.working_number}.pdf"
    return FileResponse(sink, as_attachment=True, filename=name, content_type="application/pdf")
