"""Reads that span rooms: what waits, what came in, what is wrong."""

import shutil
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Q
from procrastinate.contrib.django.models import ProcrastinateJob

from yidang.access.newest import newest_open_to
from yidang.access.watch.deciding import doubts_of
from yidang.holdings.models import SET_ASIDE, Item, ItemState
from yidang.holdings.visibility import visible_items
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission
from yidang.identity.staffing import all_staff
from yidang.intake.models import Accession, FileOutcome, ReceivedFile
from yidang.kernel.clock import CHINA, now
from yidang.kernel.errors import Unavailable
from yidang.ledger.models import LedgerEntry
from yidang.workflow.models import Task
from yidang.workflow.queries import filtered_tasks

SHOWN = 6
LITTLE_SPACE = 5 * 2**30


@dataclass(frozen=True)
class Records:
    """`filed` None: the index, which tells a reader, cannot be read now. `filed_today` is for who files."""

    filed: int | None
    filed_today: int
    newest: Sequence[Item]


@dataclass(frozen=True)
class Intake:
    waiting: int
    quarantined: int
    reading: int
    accessions: Sequence[Accession]


@dataclass(frozen=True)
class Machine:
    """Figures of the installation; none of them tells of a record's content."""

    free_bytes: int
    jobs_waiting: int
    jobs_failed: int
    ledger_entries: int
    accounts: int

    @property
    def is_short_of_space(self) -> bool:
        return self.free_bytes < LITTLE_SPACE


@dataclass(frozen=True)
class Day:
    """What somebody finds on arriving; a part that is not open to them is None."""

    records: Records | None
    intake: Intake | None
    machine: Machine | None
    tasks: Iterable[Task]  # asked for only by the page that shows them


def waiting_count(grant: Grant) -> int:
    waiting = visible_items(grant).filter(state=ItemState.WAITING, volume=None)
    return waiting.exclude(volume_position=SET_ASIDE).count()


def doubt_count(grant: Grant) -> int:
    """Doubts about the use of records that nobody has decided yet."""
    return doubts_of(grant, decided=False).count()


def quarantined_count(_: Grant) -> int:
    return ReceivedFile.objects.filter(outcome=FileOutcome.QUARANTINED).count()


def day_of(grant: Grant) -> Day:
    return Day(
        records=_records_of(grant),
        intake=_intake_of(grant) if grant.allows(Permission.INGEST) else None,
        machine=_machine() if grant.allows(Permission.SEE_SYSTEM) else None,
        tasks=filtered_tasks(grant)[:SHOWN],
    )


def _machine() -> Machine:
    jobs = dict(ProcrastinateJob.objects.values_list("status").annotate(n=Count("pk")))
    return Machine(
        free_bytes=shutil.disk_usage(settings.YIDANG.home).free,
        jobs_waiting=jobs.get("todo", 0) + jobs.get("doing", 0),
        jobs_failed=jobs.get("failed", 0),
        ledger_entries=LedgerEntry.objects.count(),
        accounts=Staff.objects.filter(is_active=True).count(),
    )


def _records_of(grant: Grant) -> Records | None:
    if not grant.allows(Permission.VIEW_RECORDS):
        return None
    return _of_the_archive(grant) if grant.allows(Permission.INGEST) else _of_a_reader(grant)


def _of_a_reader(grant: Grant) -> Records:
    try:
        newest = newest_open_to(grant, SHOWN)
    except Unavailable:
        return Records(filed=None, filed_today=0, newest=())
    return Records(filed=newest.total, filed_today=0, newest=newest.items)


def _of_the_archive(grant: Grant) -> Records:
    """As the catalogue has it this moment: who files watches the records come in."""
    filed = visible_items(grant).filter(state=ItemState.FILED)
    midnight = now().astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    # Both counts in one look: what may be seen is asked of the database once.
    counts = filed.aggregate(all=Count("pk"), today=Count("pk", filter=Q(filed_at__gte=midnight)))
    return Records(
        filed=counts["all"],
        filed_today=counts["today"],
        newest=list(filed.select_related("series").order_by("-filed_at")[:SHOWN]),
    )


def _intake_of(grant: Grant) -> Intake:
    return Intake(
        waiting=waiting_count(grant),
        quarantined=quarantined_count(grant),
        reading=visible_items(grant).filter(state__in=[ItemState.READING, ItemState.FILING]).count(),
        accessions=list(Accession.objects.select_related("series").order_by("-opened_at")[:SHOWN]),
    )


@dataclass(frozen=True)
class SettingsPage:
    staff: Sequence[Staff] = ()
    configuration: Sequence[tuple[str, str]] = ()


def settings_of(grant: Grant) -> SettingsPage:
    return SettingsPage(
        staff=list(all_staff(grant)) if grant.allows(Permission.MANAGE_STAFF) else (),
        configuration=list(_configuration()) if grant.allows(Permission.SEE_SYSTEM) else (),
    )


def _configuration() -> Iterator[tuple[str, str]]:
    """Each setting as it stands; what holds a password shows none of it."""
    for one in fields(settings.YIDANG):
        value = str(getattr(settings.YIDANG, one.name))
        yield "YIDANG_" + one.name.upper(), _shown(one.name, value)


def _shown(name: str, value: str) -> str:
    if name.endswith("_secret") and value:
        return "•••"
    return _without_password(value) if name.endswith("_url") else value


def _without_password(url: str) -> str:
    parts = urlsplit(url)
    if not parts.password:
        return url
    return parts._replace(netloc=parts.netloc.replace(f":{parts.password}@", ":•••@")).geturl()
