"""Jobs whose worker was killed stay "doing" for ever: they are handed back here."""

import logging

from asgiref.sync import async_to_sync
from procrastinate.contrib.django import app
from procrastinate.jobs import Job

log = logging.getLogger(__name__)
_ATTEMPTS = 5
_SILENT_SECONDS = 30.0


def hand_back_stalled() -> int:
    """Jobs of workers that have been silent for half a minute go back to the queue. Every job can run twice."""
    return async_to_sync(_hand_back)(_SILENT_SECONDS)


def hand_back_all() -> int:
    """As above without waiting: for the owner of the data folder, who knows that no worker is left."""
    return async_to_sync(_hand_back)(0.0)


async def _hand_back(silent_seconds: float) -> int:
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_seconds))
    for job in stalled:
        await _hand_back_one(job)
    await app.job_manager.prune_stalled_workers(silent_seconds)
    return len(stalled)


async def _hand_back_one(job: Job) -> None:
    from procrastinate.jobs import Status
    from procrastinate.utils import utcnow

    if job.attempts >= _ATTEMPTS:  # it ends every worker that takes it
        log.error("Job %s (%s) failed after %s attempts", job.id, job.task_name, job.attempts)
        await app.job_manager.finish_job(job=job, status=Status.FAILED, delete_job=False)
    else:
        await app.job_manager.retry_job(job=job, retry_at=utcnow())
