"""Jobs of workers that are gone."""

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from yidang.site.runtime import jobs

pytestmark = pytest.mark.django_db


@pytest.fixture
def interrupted():
    """A job whose worker was killed: still "doing", and nobody does it."""

    def make(attempts=0, heartbeat="1 hour", lock=None):
        job = app.configure_task("intake.unfold", queue="intake", queueing_lock=lock).defer(accession="x")
        with connection.cursor() as cursor:
            cursor.execute(
                "insert into procrastinate_workers (last_heartbeat) values (now() - %s::interval) returning id",
                [heartbeat],
            )
            worker = cursor.fetchone()[0]
            cursor.execute(
                "update procrastinate_jobs set status = 'doing', attempts = %s, worker_id = %s where id = %s",
                [attempts, worker, job],
            )
        return job

    return make


def status(job: int) -> str:
    return ProcrastinateJob.objects.get(pk=job).status


def test_a_job_of_a_silent_worker_goes_back_to_the_queue(interrupted):
    job = interrupted()
    assert jobs.hand_back_stalled() == 1
    assert status(job) == "todo"


def test_a_job_of_a_living_worker_is_left_alone(interrupted):
    job = interrupted(heartbeat="1 second")
    assert jobs.hand_back_stalled() == 0
    assert status(job) == "doing"


def test_the_owner_of_the_folder_need_not_wait_for_silence(interrupted):
    job = interrupted(heartbeat="1 second")
    assert jobs.hand_back_all() == 1
    assert status(job) == "todo"


def test_a_job_that_ends_every_worker_is_given_up(interrupted):
    job = interrupted(attempts=5)
    jobs.hand_back_stalled()
    assert status(job) == "failed"


def test_a_job_whose_twin_waits_already_gives_way(interrupted):
    """The sweep lines the same work up again while its first job is still being done: one is enough."""
    first, second = interrupted(lock="unfold:x"), interrupted(lock="unfold:x")
    assert jobs.hand_back_stalled() == 2
    assert list(ProcrastinateJob.objects.filter(pk__in=[first, second]).values_list("status", flat=True)) == ["todo"]
