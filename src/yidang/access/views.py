"""Finding and reading."""

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from yidang.access import refining
from yidang.access.ports import Order
from yidang.access.query import Query, open_words, parse, seal_words
from yidang.access.search import Results, search
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.policy import Permission
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
        return render(request, "access/search.html", {"problem": problem, "query": {"text": words}}, status=422)
    if query.is_sensitive:
        return _answer(request, query)
    return redirect(reverse("access:search") + refining.address(query, list(query.filters())))


def _filters(given: QueryDict) -> dict[str, list[str]]:
    return {name: list(values) for name, values in given.lists()}


def _answer(request: GrantedRequest, query: Query) -> HttpResponse:
    if query.is_blank:
        return render(request, "access/search.html", {"query": query})
    results = search(request.grant, query)
    return render(request, "access/search.html", _context(results))


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
