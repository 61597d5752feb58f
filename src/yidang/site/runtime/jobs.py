"""Jobs whose worker was killed stay "doing" for ever: they are handed back here."""

import logging

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Job, Status
from procrastinate.utils import utcnow

log = logging.getLogger(__name__)
_ATTEMPTS = 5
_SILENT_SECONDS = 30.0


def hand_back_stalled() -> int:
    """Jobs of workers that have been silent for half a minute go back to the queue. Every job can run twice."""
    return _hand_back(_SILENT_SECONDS)


def hand_back_all() -> int:
    """As above without waiting: for the owner of the data folder, who knows that no worker is left."""
    return _hand_back(0.0)


def _hand_back(silent_seconds: float) -> int:
    stalled = list(async_to_sync(app.job_manager.get_stalled_jobs)(seconds_since_heartbeat=silent_seconds))
    for job in stalled:
        _hand_back_one(job)
    async_to_sync(app.job_manager.prune_stalled_workers)(silent_seconds)
    return len(stalled)


def _hand_back_one(job: Job) -> None:
    if job.attempts >= _ATTEMPTS:  # it ends every worker that takes it
        log.error("Job %s (%s) failed after %s attempts", job.id, job.task_name, job.attempts)
        async_to_sync(app.job_manager.finish_job)(job=job, status=Status.FAILED, delete_job=False)
    elif _has_twin(job):  # which waits already under the same lock and will do all the work
        async_to_sync(app.job_manager.finish_job)(job=job, status=Status.FAILED, delete_job=True)
    else:
        async_to_sync(app.job_manager.retry_job)(job=job, retry_at=utcnow())


def _has_twin(job: Job) -> bool:
    waiting = ProcrastinateJob.objects.filter(status="todo", queueing_lock=job.queueing_lock)
    return job.queueing_lock is not None and waiting.exists()
