"""Who looked at a record, when and why: for officers, from the ledger alone."""

from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from yidang.holdings import queries
from yidang.identity.access import GrantedRequest, permission_required
from yidang.identity.names import names_of
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import NotFound
from yidang.ledger.operations import append
from yidang.ledger.queries import Event, history, private_facts

_SHOWINGS = (
    "item.viewed",
    "page.viewed",
    "page.read",
    "recording.played",
    "item.downloaded",
    "item.exported",
    "item.verified",
)
_REASONED = ".unmasked"


@require_GET
@permission_required(Permission.SEE_AUDIT, Permission.VERIFY)
def seen(request: GrantedRequest, item_id: UUID) -> HttpResponse:
    """The audit administrator sees the rows without the record; who reads records, only of those within reach."""
    shown = _showings(request.grant, item_id)
    rows = [{"event": one, "reason": _reason(one)} for one in shown]
    names = names_of(one.actor for one in shown)
    return render(request, "holdings/seen.html", {"code": _code_of(item_id), "rows": rows, "names": names})


def _code_of(item_id: UUID) -> str:
    """As the log names it: who watches the use of records does not reach the record."""
    told = (str(one.facts.get("reference_code") or "") for one in history(item_id)[::-1])
    return next((code for code in told if code), "")


@transaction.atomic
def _showings(grant: Grant, item_id: UUID) -> list[Event]:
    if not grant.allows(Permission.SEE_AUDIT):
        queries.get_item(grant, item_id)
    events = history(item_id)
    if not events:
        raise NotFound("item_not_found", item=str(item_id))
    append(action="item.audience_viewed", actor=grant.actor, subject=item_id)
    return [one for one in events[::-1] if one.action in _SHOWINGS or one.action.endswith(_REASONED)]


def _reason(event: Event) -> str:
    if not event.action.endswith(_REASONED):
        return ""
    return str((private_facts(event.id) or {}).get("reason", ""))
