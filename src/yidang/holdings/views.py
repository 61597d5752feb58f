"""The holdings as a tree, and what stands behind one item: history, differences, proof, and changes by hand."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yidang.holdings import filed as lists
from yidang.holdings import proving, queries, showing
from yidang.holdings import tree as classification
from yidang.holdings.choices import series_choices
from yidang.holdings.description import Description, specs
from yidang.holdings.entry import Entry, enter
from yidang.holdings.models import Item
from yidang.holdings.operations import move_item, restore_version, save_description
from yidang.holdings.veil import veil_of
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.names import names_of
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import today
from yidang.kernel.errors import Invalid
from yidang.ledger.queries import history as ledger_history

SHOWN_EVENTS = 60
EARLIEST = 1950  # no bureau filed anything before
LONGEST_NUMBER = 6  # digits of a version or a year; more would overflow what counts them
SHOWN_SECONDS = 60  # then what was unmasked is covered again


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def tree(request: GrantedRequest) -> HttpResponse:
    return render(request, "holdings/tree.html", {"tree": classification.tree(request.grant)})


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def filed(request: GrantedRequest) -> HttpResponse:
    """`year`, of filing; `formed`, of the record itself; `term`; `paper=yes`, kept on paper alone; `page`."""
    term = request.GET.get("term", "")
    cut = lists.Cut(
        year=_year(request, "year"),
        formed=_year(request, "formed"),
        term=term if term in lists.TERMS else "",
        on_paper=request.GET.get("paper") == "yes",
    )
    named = {"year": cut.year, "formed": cut.formed, "term": cut.term, "paper": "yes" if cut.on_paper else ""}
    kept = "".join(f"{name}={value}&" for name, value in named.items() if value)
    leaf = lists.filed(request.grant, cut, number=_number(request, "page", 1))
    return render(request, "holdings/filed.html", {"leaf": leaf, "cut": cut, "kept_query": kept})


def _year(request: HttpRequest, name: str) -> int | None:
    year = _number(request, name, 0)
    return year if EARLIEST <= year <= today().year else None


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def history(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    item = queries.get_item(request.grant, item_id)
    versions = queries.versions(item)[::-1]
    may_audit = request.grant.allows(Permission.VERIFY)
    events = ledger_history(item.pk)[::-1][:SHOWN_EVENTS] if may_audit else []
    names = names_of([*(one.actor for one in versions), *(one.actor for one in events)])
    context = {"item": item, "versions": versions, "events": events, "names": names}
    return _panel(request, "history", context)


@require_GET
@permission_required(Permission.VIEW_RECORDS)
def diff(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    item = queries.get_item(request.grant, item_id)
    a, b = _number(request, "a", max(item.version - 1, 1)), _number(request, "b", item.version)
    numbers = [one.number for one in queries.versions(item)]
    found = queries.version_diff(request.grant, item, a, b)
    return render(request, "holdings/diff.html", {"item": item, "diff": found, "numbers": numbers, "a": a, "b": b})


def _number(request: HttpRequest, name: str, default: int) -> int:
    given = request.GET.get(name, "")
    return int(given) if given.isdecimal() else default


@require_http_methods(["GET", "POST"])
@permission_required(Permission.VERIFY)
def proof(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    """A GET offers the check; a POST runs it, for it writes to the ledger that it was run."""
    if request.method == "POST":
        return _panel(request, "proof", {"found": proving.attest(request.grant, item_id)})
    return _panel(request, "proof", {"item": queries.get_item(request.grant, item_id)})


@require_GET
@permission_required(Permission.VERIFY)
def proof_file(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    content = proving.proof_file(request.grant, item_id)
    headers = {"Content-Disposition": f'attachment; filename="proof-{item_id}.json"'}
    return JsonResponse(content, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 2})


def _panel(request: HttpRequest, name: str, context: dict[str, object]) -> HttpResponse:
    """A part for the reader's side panel, or a page of its own when opened by itself."""
    part = "_" if request.headers.get("HX-Request") else ""
    return render(request, f"holdings/{part}{name}.html", context)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESCRIBE)
def describe(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    opened = showing.open_item(request.grant, item_id)
    before = queries.description(opened.item)
    hidden = _hidden(request.grant, opened.item, before)
    if request.method == "GET":
        return render(request, "holdings/describe.html", _form(opened.item, Entry(before), hidden, {}))
    entry = enter(before, _typed(request, hidden))
    reason = request.POST.get("reason", "").strip()
    if not reason:
        entry.problems["reason"] = Invalid("reason_missing")
    if entry.problems:
        context = _form(opened.item, entry, hidden, request.POST.dict())
        return render(request, "holdings/describe.html", context, status=422)
    version = request.POST.get("version", "")
    save_description(
        request.grant,
        item_id=item_id,
        description=entry.description,
        reason=reason,
        expected_version=int(version) if version.isdecimal() else None,
    )
    messages.success(request, _("The description was saved as a new version."))
    return redirect("access:item", item_id)


def _hidden(grant: Grant, item: Item, described: Description) -> dict[str, str]:
    """Fields whose words are not all shown, as they are shown."""
    shown = showing.shown_fields(described, veil_of(grant, item, described))
    return {one.spec.key: one.text for one in shown if one.is_masked}


def _typed(request: HttpRequest, hidden: dict[str, str]) -> dict[str, str]:
    """A hidden field left empty stays as it is: the form does not show it."""
    given = request.POST.dict()
    return {key: str(text) for key, text in given.items() if text or key not in hidden}


def _form(item: Item, entry: Entry, hidden: dict[str, str], typed: dict[str, str]) -> dict[str, object]:
    rows = [
        {
            "spec": spec,
            "text": typed.get(key, "" if key in hidden else _text(entry, key)),
            "masked": hidden.get(key, ""),
            "problem": entry.problems.get(key),
        }
        for key, spec in specs().items()
    ]
    return {"item": item, "rows": rows, "reason": typed.get("reason", ""), "problem": entry.problems.get("reason")}


def _text(entry: Entry, key: str) -> str:
    found = entry.description.fields.get(key)
    return showing.text_of(specs()[key], found) if found else ""


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.DESCRIBE)
def restore(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    number, reason = _number_in(request, "version"), request.POST.get("reason", "")
    restore_version(request.grant, item_id=item_id, number=number, reason=reason)
    messages.success(request, _("The earlier version was restored as a new one."))
    return redirect("access:item", item_id)


def _number_in(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    if not given.isdecimal() or len(given) > LONGEST_NUMBER:
        raise Invalid("number_malformed")
    return int(given)


@sensitive_post_parameters("reason")
@require_http_methods(["GET", "POST"])
@permission_required(Permission.DESCRIBE)
def move(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    item = queries.get_item(request.grant, item_id)
    if request.method == "GET":
        return render(request, "holdings/move.html", {"item": item, "choices": series_choices()})
    reason, year = request.POST.get("reason", ""), _number_in(request, "year")
    to_series = request.POST.get("series", "")
    move_item(request.grant, item_id=item_id, to_series=to_series, year=year, reason=reason)
    messages.success(request, _("The item was moved. Its former reference code still leads here."))
    return redirect("access:item", item_id)


@sensitive_post_parameters("reason")
@require_POST
@permission_required(Permission.UNMASK)
def reveal(request: GrantedRequest, item_id: UUID, key: str) -> HttpResponse:
    value = showing.unmask(grant=request.grant, item_id=item_id, key=key, reason=request.POST.get("reason", ""))
    return render(request, "holdings/_revealed.html", {"value": value, "seconds": SHOWN_SECONDS})
