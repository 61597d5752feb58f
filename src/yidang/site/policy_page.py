"""The policy on one page, drawn from the code and data that carry it out."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import URLPattern, get_resolver
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yidang.checks import labels as checks
from yidang.claims import labels as claims
from yidang.collection import labels as collection
from yidang.credit import labels as credit
from yidang.disposition import labels as disposition
from yidang.duty import labels as duty
from yidang.holdings.veil import COVERED_FIELDS, MASKS
from yidang.identity import glass
from yidang.identity.access import Entry, entry_of
from yidang.identity.models import OF_A_DEPARTMENT, OF_WHAT_IS_GIVEN, Role
from yidang.identity.policy import PERMISSIONS, SENSITIVITIES, Permission
from yidang.insight import labels as insight
from yidang.oversight import labels as oversight
from yidang.quality import labels as quality
from yidang.storeroom import labels as storeroom

LABELS: dict[Permission, str | Promise] = {
    Permission.VIEW_RECORDS: _("See records within reach"),
    Permission.SEARCH_ID_NUMBERS: _("Search by ID number"),
    Permission.INGEST: _("Take in files"),
    Permission.CONFIRM: _("Confirm drafts, in clear"),
    Permission.DESCRIBE: _("Describe, move, restore"),
    Permission.DOWNLOAD: _("Take away as PDF"),
    Permission.VERIFY: _("Check and prove"),
    Permission.UNMASK: _("Uncover one value with a reason"),
    Permission.SEE_PAGES: _("Page pictures uncovered"),
    Permission.BREAK_GLASS: _("Emergency access"),
    Permission.RELEASE_DATA: _("Ask for data to leave"),
    Permission.APPROVE: _("Approve what is theirs"),
    Permission.APPROVE_SECURITY: _("Approve posts, keys, bulk uncovering; review emergencies"),
    Permission.MANAGE_STAFF: _("Manage accounts"),
    Permission.SEE_SYSTEM: _("See the system"),
    Permission.MANAGE_BACKUPS: _("Manage copies"),
    Permission.MANAGE_ROLES: _("Ask for posts"),
    Permission.MANAGE_KEYS: _("Ask for key changes"),
    Permission.SEE_AUDIT: _("See the audit log"),
}
LABELS |= {
    Permission.ASK_LOAN: _("Ask for a loan"),
    Permission.APPROVE_LOAN: _("Approve loans that are theirs"),
    Permission.HAND_OVER_LOAN: _("Hand over and take back paper"),
    Permission.MANAGE_STOREROOM: _("Manage the storeroom"),
    Permission.CHECK_ACCESSION: _("Accept an accession as a third party"),
}
LABELS |= disposition.PERMISSIONS
LABELS |= duty.PERMISSIONS
LABELS |= insight.PERMISSIONS
LABELS |= storeroom.PERMISSIONS
LABELS |= collection.PERMISSIONS
LABELS |= quality.PERMISSIONS
LABELS |= checks.PERMISSIONS
LABELS |= claims.PERMISSIONS
LABELS |= oversight.PERMISSIONS
LABELS |= credit.PERMISSIONS


@dataclass(frozen=True)
class RoleRow:
    role: str
    permissions: frozenset[Permission]
    reach: str  # all, department, given, none
    sensitivities: Sequence[str]


@dataclass(frozen=True)
class RouteRow:
    path: str
    name: str
    entry: Entry
    room: str


def role_rows() -> list[RoleRow]:
    return [RoleRow(role, PERMISSIONS[role], _reach(role), sorted(SENSITIVITIES.get(role, ()))) for role in Role]


def _reach(role: str) -> str:
    if Permission.VIEW_RECORDS not in PERMISSIONS[role]:
        return "none"
    if role in OF_WHAT_IS_GIVEN:
        return "given"
    return "department" if role in OF_A_DEPARTMENT else "all"


def matrix() -> list[dict[str, object]]:
    """One row for each permission, one mark for each role in the order of `role_rows`."""
    return [
        {"label": LABELS.get(one, str(one)), "code": str(one), "marks": [one in PERMISSIONS[role] for role in Role]}
        for one in Permission
    ]


def route_rows() -> list[RouteRow]:
    found = [RouteRow(path, name, entry, room) for path, name, entry, room in _routes() if entry is not None]
    return sorted(found, key=lambda row: (not row.entry.is_public, row.path))


ROOMS: dict[str, str | Promise] = {
    "identity": _("People and sign-in"),
    "ledger": _("Ledger and statements"),
    "workflow": _("Tasks, approvals, notices"),
    "holdings": _("Records and their history"),
    "intake": _("Taking in"),
    "access": _("Finding, reading, handing out"),
    "disposition": _("Appraisal and destruction"),
    "site": _("The house and its machine"),
}


def routes_by_room() -> list[dict[str, object]]:
    """The rooms in the order a record passes through them, each with the addresses its views answer."""
    found: dict[str, list[dict[str, object]]] = {}
    for row in route_rows():
        found.setdefault(row.room, []).append({"row": row, "permissions": _labels(row.entry)})
    known = sorted(found, key=lambda room: (list(ROOMS).index(room) if room in ROOMS else len(ROOMS), room))
    return [{"name": ROOMS.get(room, room), "routes": found[room]} for room in known]


def _routes(patterns: Sequence[object] | None = None, path: str = "/") -> Iterator[tuple[str, str, Entry | None, str]]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        here = path + str(one.pattern)  # type: ignore[attr-defined]
        if isinstance(one, URLPattern):
            yield here, one.name or "", entry_of(one.callback), one.callback.__module__.split(".")[1]
        else:
            yield from _routes(one.url_patterns, here)  # type: ignore[attr-defined]


def _labels(entry: Entry) -> list[str]:
    return [str(LABELS.get(one, one)) for one in sorted(entry.permissions)]


def page() -> dict[str, object]:
    return {
        "roles": role_rows(),
        "matrix": matrix(),
        "rooms": routes_by_room(),
        "masked": list(MASKS),
        "covered": list(COVERED_FIELDS),
        "glass": glass.rules(),
    }
