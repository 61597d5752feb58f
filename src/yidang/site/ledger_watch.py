"""When too few outside have seen the ledger in time: the audit and security administrators are told, once each time."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from yidang.identity.policy import Permission, system_grant
from yidang.kernel import clock
from yidang.ledger.anchoring.states import states
from yidang.workflow.models import Task
from yidang.workflow.notices import recipients
from yidang.workflow.operations import close_task, notify, open_task

KIND = "anchors_late"
WATCHERS = (Permission.SEE_AUDIT, Permission.MANAGE_KEYS)
# A neighbour who answers now and then makes one lateness, not one a minute.
_OVER_AFTER = timedelta(minutes=10)
_GRANT = system_grant("ledger")


def watch_anchors() -> None:
    """For the keeper, who calls often."""
    mark: Path = settings.YIDANG.home / "run" / "anchors-late"
    if states().is_late:
        if not _is_told(mark):
            _tell()
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    elif _is_told(mark) and not _was_late_just_now(mark):
        _end()
        mark.unlink(missing_ok=True)


def _is_told(mark: Path) -> bool:
    """The mark goes with the folder, the tasks with the database: either is enough."""
    return mark.exists() or _tasks().exists()


def _was_late_just_now(mark: Path) -> bool:
    return mark.exists() and clock.now().timestamp() - mark.stat().st_mtime < _OVER_AFTER.total_seconds()


@transaction.atomic
def _tell() -> None:
    for permission in WATCHERS:
        open_task(grant=_GRANT, kind=KIND, permission=permission, subject_url=reverse("ledger"))
    everybody = set[UUID]().union(*(recipients((), permission) for permission in WATCHERS))
    notify(kind=KIND, to=everybody, subject_url=reverse("ledger"))


@transaction.atomic
def _end() -> None:
    for task in _tasks():
        close_task(grant=_GRANT, task_id=task.pk)


def _tasks() -> QuerySet[Task]:
    return Task.objects.filter(kind=KIND, closed_at__isnull=True)
