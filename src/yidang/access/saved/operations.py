"""Keeping a question under a name, and forgetting it. Each person sees their own."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from yidang.access.query import Query
from yidang.access.refining import address
from yidang.access.saved.models import SavedView
from yidang.crypto.fields import open_json, seal_json
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append

_TABLE = "access_saved_view"
LONGEST_NAME = 60
MOST = 50


@dataclass(frozen=True)
class View:
    """`address` asks the question anew; its words stand sealed in it."""

    id: UUID
    name: str
    address: str


def views_of(grant: Grant) -> list[View]:
    rows = SavedView.objects.filter(staff=grant.staff_id).order_by("made_at") if grant.staff_id else []
    return [_shown(row) for row in rows]


@transaction.atomic
def save_view(*, grant: Grant, name: str, query: Query) -> SavedView:
    """Under a name that stands already, the newer question takes its place.

    Raises:
        Invalid: `view_name_missing`, `view_blank`, `view_not_kept` for a question with an ID number or a phone.
        Conflict: `view_too_many`.
    """
    grant.require(Permission.VIEW_RECORDS)
    name = name.strip()
    _check(name, query)
    if grant.staff_id is None:
        raise NotAllowed("not_allowed", permission=str(Permission.VIEW_RECORDS))
    # One after the other for each person: two saves under one name make one view.
    staff = Staff.objects.select_for_update().get(pk=grant.staff_id)
    known = {_opened(row)["name"]: row for row in SavedView.objects.filter(staff=staff)}
    if name not in known and len(known) >= MOST:
        raise Conflict("view_too_many", limit=MOST)
    made = known.get(name) or SavedView(staff=staff, made_at=clock.now())
    kept = {"name": name, "words": query.text, "filters": [list(pair) for pair in query.filters()]}
    made.sealed = seal_json(kept, table=_TABLE, row=str(made.id), field="view")
    made.save()
    append(action="view.saved", actor=grant.actor, subject=made.id, private=kept)
    return made


def _check(name: str, query: Query) -> None:
    if not 0 < len(name) <= LONGEST_NAME:
        raise Invalid("view_name_missing", longest=LONGEST_NAME)
    if query.is_blank:
        raise Invalid("view_blank")
    if query.is_sensitive:
        raise Invalid("view_not_kept")


@transaction.atomic
def forget_view(*, grant: Grant, view_id: UUID) -> None:
    """Raises NotFound: `view_not_found`, also for somebody else's."""
    forgotten, _ = SavedView.objects.filter(pk=view_id, staff=grant.staff_id).delete()
    if not forgotten:
        raise NotFound("view_not_found")
    append(action="view.forgotten", actor=grant.actor, subject=view_id)


def _shown(row: SavedView) -> View:
    kept = _opened(row)
    query = Query(text=kept["words"])
    return View(row.id, kept["name"], address(query, [(name, value) for name, value in kept["filters"]]))


def _opened(row: SavedView) -> dict[str, Any]:
    found: dict[str, Any] = open_json(bytes(row.sealed), table=_TABLE, row=str(row.id), field="view")
    return found
