"""What the shell around every page needs to know."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from yidang.access.lending import labels as lending
from yidang.access.lending.queries import waiting_count as loans_to_decide
from yidang.checks import labels as checks
from yidang.claims import labels as claims
from yidang.collection import labels as collection
from yidang.collection.obligations import overdue_count
from yidang.credit import labels as credit
from yidang.credit.queries import waiting_count as credit_to_decide
from yidang.disposition import labels as disposition
from yidang.duty import labels as duty
from yidang.identity.access import grant_in
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission
from yidang.insight import labels as insight
from yidang.oversight import labels as oversight
from yidang.oversight.desk.queue import waiting_count as doubts_waiting
from yidang.quality import labels as quality
from yidang.site.queries import doubt_count, quarantined_count, waiting_count
from yidang.storeroom import labels as storeroom
from yidang.workflow.queries import task_count, unread_count

THEMES = ("auto", "light", "dark")


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    label: str | Promise
    icon: str
    url_name: str
    permission: Permission | None = None
    count: Callable[[Grant], int] | None = None
    tone: str = ""
    is_main: bool = True  # stands in the bottom bar of a phone


GROUPS: list[tuple[str | Promise, list[Place]]] = [
    (
        "",
        [
            Place(_("Home"), "home", "home"),
            Place(_("Tasks"), "clipboard-check", "workflow:tasks", None, task_count),
            Place(_("Search"), "search", "access:search", Permission.VIEW_RECORDS),
            Place(_("Holdings"), "binary-tree", "holdings:tree", Permission.VIEW_RECORDS, is_main=False),
            Place(_("Storage tiers"), "archive", "holdings:tiers", Permission.KEEP_INSTRUMENT, is_main=False),
            Place(_("Statements"), "shield-check", "access:statements", Permission.VERIFY, is_main=False),
            Place(_("Requests of persons"), "users", "access:requests", Permission.SEARCH_ID_NUMBERS, is_main=False),
        ],
    ),
    (
        lending.GROUP,
        [
            Place(lending.MINE, "inbox", "lending:loans", Permission.ASK_LOAN, is_main=False),
            Place(
                lending.DESK, "rubber-stamp", "lending:loan_desk", Permission.APPROVE_LOAN, loans_to_decide, "", False
            ),
            Place(lending.COUNTER, "archive", "lending:loan_counter", Permission.HAND_OVER_LOAN, is_main=False),
            Place(lending.OVERDUE, "clock", "lending:overdue_loans", Permission.HAND_OVER_LOAN, is_main=False),
            Place(lending.COPIES, "rubber-stamp", "lending:copies", Permission.VERIFY, is_main=False),
            Place(lending.REGISTER, "file-text", "lending:use_register", Permission.ASK_LOAN, is_main=False),
            Place(lending.STATISTICS, "table", "lending:use_statistics", Permission.APPROVE_LOAN, is_main=False),
            Place(lending.ANALYSES, "highlight", "lending:use_analyses", Permission.DESCRIBE, is_main=False),
            Place(lending.ANALYSES, "highlight", "lending:use_analyses", Permission.RELEASE_DATA, is_main=False),
        ],
    ),
    (
        _("Intake"),
        [
            Place(_("Accessions"), "inbox", "intake:accessions", Permission.INGEST),
            Place(checks.COURSES, "clipboard-check", "checks:courses", Permission.RUN_CHECKS, is_main=False),
            Place(checks.DESK, "clipboard-check", "checks:courses", Permission.CHECK_ACCESSION),
            Place(collection.COUNTER, "text-scan-2", "collection:counter", Permission.INGEST, is_main=False),
            Place(_("Confirm desk"), "checklist", "intake:confirm", Permission.CONFIRM, waiting_count),
            Place(_("Volumes"), "folder", "intake:volumes", Permission.DESCRIBE, is_main=False),
            Place(
                _("Quarantine"),
                "alert-triangle",
                "intake:quarantine",
                Permission.INGEST,
                quarantined_count,
                "bad",
                False,
            ),
        ],
    ),
    (
        collection.GROUP,
        [
            Place(
                collection.CALENDAR,
                "clock",
                "collection:calendar",
                Permission.SEE_COLLECTION,
                overdue_count,
                "warn",
                False,
            ),
            Place(collection.CASES, "files", "collection:cases", Permission.SEE_COLLECTION, is_main=False),
            Place(collection.LETTERS, "mail", "collection:letters", Permission.COLLECT, is_main=False),
        ],
    ),
    (
        disposition.GROUP,
        [
            Place(disposition.DUE, "clock", "disposition:due", Permission.OPEN_APPRAISAL, is_main=False),
            Place(disposition.DUE, "clock", "disposition:due", Permission.APPROVE_DESTRUCTION, is_main=False),
            Place(disposition.APPRAISALS, "users", "disposition:appraisals", Permission.APPRAISE, is_main=False),
            Place(disposition.LISTS, "file-text", "disposition:lists", Permission.LIST_DESTRUCTION, is_main=False),
            Place(disposition.LISTS, "file-text", "disposition:lists", Permission.APPROVE_DESTRUCTION, is_main=False),
            Place(
                disposition.TRANSFERS, "archive", "disposition:transfers", Permission.TRANSFER_RECORDS, is_main=False
            ),
            Place(
                disposition.TRANSFERS, "archive", "disposition:transfers", Permission.APPROVE_TRANSFER, is_main=False
            ),
            Place(disposition.HOLDS, "lock", "disposition:holds", Permission.HOLD_RECORDS, is_main=False),
            Place(disposition.INSTRUMENT, "table", "disposition:instruments", Permission.VIEW_RECORDS, is_main=False),
            Place(disposition.TERMS, "clipboard-check", "disposition:terms", Permission.KEEP_INSTRUMENT, is_main=False),
            Place(disposition.TERMS, "clipboard-check", "disposition:terms", Permission.CONFIRM_TERMS, is_main=False),
        ],
    ),
    (
        quality.GROUP,
        [
            Place(quality.HOME, "table", "quality:home", Permission.SEE_QUALITY, is_main=False),
            Place(quality.FINDINGS, "alert-triangle", "quality:findings", Permission.SEE_QUALITY, is_main=False),
            Place(quality.SAMPLES, "checklist", "quality:samples", Permission.SEE_QUALITY, is_main=False),
            Place(quality.CASES, "clipboard-check", "quality:cases", Permission.SEE_QUALITY, is_main=False),
        ],
    ),
    (
        oversight.GROUP,
        [
            Place(
                oversight.QUEUE,
                "alert-triangle",
                "oversight:queue",
                Permission.SEE_OVERSIGHT,
                doubts_waiting,
                "warn",
                is_main=False,
            ),
            Place(oversight.CASES, "files", "oversight:cases", Permission.SEE_OVERSIGHT, is_main=False),
            Place(oversight.MEASURES, "table", "oversight:measures", Permission.SEE_OVERSIGHT, is_main=False),
            Place(oversight.INDICATORS, "table", "oversight:indicators", Permission.SEE_OVERSIGHT, is_main=False),
            Place(oversight.RULES, "file-text", "oversight:rules", Permission.SEE_OVERSIGHT, is_main=False),
            Place(oversight.KNOWLEDGE, "database", "oversight:knowledge", Permission.SEE_OVERSIGHT, is_main=False),
            Place(oversight.MODELS, "binary-tree", "oversight:models", Permission.SEE_OVERSIGHT, is_main=False),
            Place(oversight.REQUESTS, "inbox", "oversight:requests", Permission.ANSWER_INSPECTION),
        ],
    ),
    (
        storeroom.GROUP,
        [
            Place(storeroom.PLACES, "archive", "storeroom:places", Permission.SEE_STOREROOM, is_main=False),
            Place(storeroom.BOXES, "folder", "storeroom:boxes", Permission.SEE_STOREROOM, is_main=False),
            Place(storeroom.STOCK, "text-scan-2", "storeroom:takes", Permission.SEE_STOREROOM, is_main=False),
            Place(storeroom.REGISTER, "users", "storeroom:register", Permission.SEE_STOREROOM, is_main=False),
            Place(storeroom.CLIMATE, "bell", "storeroom:climate", Permission.SEE_STOREROOM, is_main=False),
            Place(storeroom.ROUNDS, "clipboard-check", "storeroom:rounds", Permission.SEE_STOREROOM, is_main=False),
        ],
    ),
    (
        claims.GROUP,
        [
            Place(claims.SETTLEMENTS, "file-text", "claims:settlements", Permission.SEE_CLAIMS, is_main=False),
            Place(claims.DRG, "table", "claims:drg", Permission.SEE_CLAIMS, is_main=False),
            Place(claims.IMPORTS, "upload", "claims:imports", Permission.IMPORT_CLAIMS, is_main=False),
            Place(claims.LISTS, "table", "claims:lists", Permission.SEE_CLAIMS, is_main=False),
            Place(claims.PERSONS, "users", "claims:band", Permission.IMPORT_CLAIMS, is_main=False),
            Place(claims.BOX_WAY, "search", "traces:way", Permission.SEE_CLAIMS, is_main=False),
            Place(claims.BOX_ALERTS, "alert-triangle", "traces:alerts", Permission.SEE_CLAIMS, is_main=False),
        ],
    ),
    (
        duty.GROUP,
        [
            Place(insight.DASHBOARD, "highlight", "insight:dashboard", Permission.SEE_FIGURES, is_main=False),
            Place(insight.YEARLY, "table", "insight:yearly", Permission.SEE_FIGURES, is_main=False),
            Place(duty.DUTIES, "users", "duty:duties", is_main=False),
            Place(duty.HAND_OVERS, "file-text", "duty:hand_overs", is_main=False),
            Place(duty.INCIDENTS, "alert-triangle", "duty:incidents", is_main=False),
            Place(duty.PROCESSORS, "shield-check", "duty:processors", Permission.KEEP_DUTIES, is_main=False),
        ],
    ),
    (
        credit.GROUP,
        [
            Place(credit.ARCHIVES, "shield-check", "credit:archives", Permission.SEE_CREDIT, is_main=False),
            Place(
                credit.TO_DECIDE,
                "rubber-stamp",
                "credit:to_decide",
                Permission.DECIDE_CREDIT,
                credit_to_decide,
                "warn",
                False,
            ),
            Place(credit.APPEALS, "mail", "credit:appeals", Permission.SCORE_CREDIT, is_main=False),
            Place(credit.TERMS, "table", "credit:terms", Permission.SEE_CREDIT, is_main=False),
            Place(credit.OWN, "users", "credit:own", Permission.ANSWER_INSPECTION, is_main=False),
        ],
    ),
    (
        _("System"),
        [
            Place(collection.SYSTEMS, "database", "collection:systems", Permission.MANAGE_INTERFACES, is_main=False),
            Place(_("Outbox"), "mail", "workflow:outbox", Permission.SEE_SYSTEM, is_main=False),
            Place(_("Copies"), "archive", "copies", Permission.MANAGE_BACKUPS, is_main=False),
            Place(_("Keys"), "lock", "keys", Permission.MANAGE_KEYS, is_main=False),
            Place(_("People and posts"), "users", "posts", Permission.MANAGE_ROLES, is_main=False),
            Place(_("People and posts"), "users", "posts", Permission.SEE_AUDIT, is_main=False),
            Place(_("Ledger"), "rubber-stamp", "ledger", Permission.SEE_AUDIT, is_main=False),
            Place(_("Ledger"), "rubber-stamp", "ledger", Permission.MANAGE_KEYS, is_main=False),
            Place(_("Ledger"), "rubber-stamp", "ledger", Permission.SEE_SYSTEM, is_main=False),
            Place(_("Data sets"), "file-text", "access:releases", Permission.RELEASE_DATA, is_main=False),
            Place(_("Privacy duties"), "lock", "access:privacy", Permission.RELEASE_DATA, is_main=False),
            Place(_("Audit log"), "eye", "access:audit", Permission.SEE_AUDIT),
            Place(_("Unusual use"), "alert-triangle", "access:unusual", Permission.SEE_AUDIT, doubt_count, "warn"),
            Place(_("Settings"), "settings", "settings", is_main=False),
            Place(_("Access policy"), "shield-lock", "policy", is_main=False),
            Place(_("About"), "info-circle", "about", is_main=False),
        ],
    ),
]


@dataclass(frozen=True)
class Entry:
    label: str
    icon: str
    url: str
    is_current: bool
    count: int
    tone: str
    is_main: bool


def shell(request: HttpRequest) -> dict[str, object]:
    staff = getattr(request, "user", None)
    grant = grant_in(request) if isinstance(staff, Staff) else None
    theme = request.COOKIES.get("theme", "auto")
    navigation = cache(lambda: _navigation(request.path, grant) if grant else [])
    return {
        "grant": grant,
        "theme": theme if theme in THEMES else "auto",
        # Asked for only by a whole page: a polled fragment counts nothing.
        "navigation": navigation,
        "drawn_navigation": cache(lambda: render_to_string("site/_entries.html", {"navigation": navigation()})),
        "unread": cache(lambda: unread_count(grant) if grant else 0),
        "can_search": bool(grant and grant.allows(Permission.VIEW_RECORDS)),
    }


def _navigation(path: str, grant: Grant) -> list[tuple[str, list[Entry]]]:
    here = _nearest(path)
    groups = [
        (str(title), [_entry(place, here, grant) for place in places if _open_to(place, grant)])
        for title, places in GROUPS
    ]
    return [(title, entries) for title, entries in groups if entries]


def _open_to(place: Place, grant: Grant) -> bool:
    return place.permission is None or grant.allows(place.permission)


def _nearest(path: str) -> str:
    """The address of the place that the path lies in, the innermost where places lie in one another."""
    urls = (_address(place.url_name) for _title, places in GROUPS for place in places)
    holding = [url for url in urls if (path == url if url == "/" else path.startswith(url))]
    return max(holding, key=len, default="")


@cache
def _address(url_name: str) -> str:
    return reverse(url_name)


def _entry(place: Place, here: str, grant: Grant) -> Entry:
    url = _address(place.url_name)
    is_current = url == here
    count = place.count(grant) if place.count else 0
    return Entry(str(place.label), place.icon, url, is_current, count, place.tone, place.is_main)
