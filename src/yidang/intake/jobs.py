"""Work for later. Enqueued in the transaction of the change that calls for it, so a rollback leaves no job.

Arguments are opaque ids and numbers. `inline()` works the jobs off in this process, for tests and measurements.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, cast

from django.db import transaction
from procrastinate.tasks import Task
from procrastinate.types import JSONValue

Argument = str | int
Job = tuple[str, dict[str, Argument]]


@dataclass
class Inline:
    """Jobs of this process in order of arrival."""

    waiting: deque[Job] = field(default_factory=deque)

    def run(self, limit: int = 100_000) -> int:
        """Works everything off; the number of jobs done."""
        done = 0
        while self.waiting and done < limit:
            name, arguments = self.waiting.popleft()
            _tasks()[name](**arguments)
            done += 1
        return done


_inline: Inline | None = None


@contextmanager
def inline() -> Iterator[Inline]:
    global _inline  # noqa: PLW0603 - one process, one queue; nothing else may set it
    _inline, before = Inline(), _inline
    try:
        yield _inline
    finally:
        _inline = before


def defer(name: str, *, once: bool = False, **arguments: Argument) -> None:
    """With `once`, a job that waits with the same arguments is enough."""
    if _inline is not None:
        job = (name, arguments)
        transaction.on_commit(partial(_line_up, _inline.waiting, job, once=once))
    else:
        _enqueue(name, arguments, once=once)


def _line_up(queue: deque[Job], job: Job, *, once: bool) -> None:
    if not (once and job in queue):
        queue.append(job)


def defer_many(name: str, arguments: Sequence[dict[str, Argument]]) -> None:
    """Many jobs of one kind in one statement."""
    if not arguments:
        return
    if _inline is not None:
        queue = _inline.waiting
        transaction.on_commit(lambda: queue.extend((name, one) for one in arguments))
    else:
        _tasks()[name].batch_defer(*cast("Sequence[dict[str, JSONValue]]", arguments))


def _enqueue(name: str, arguments: dict[str, Argument], *, once: bool) -> None:
    from procrastinate.exceptions import AlreadyEnqueued

    task = _tasks()[name]
    lock = f"{name}:{sorted(arguments.items())}" if once else None
    try:
        with transaction.atomic():
            task.configure(queueing_lock=lock).defer(**arguments)
    except AlreadyEnqueued:
        return


def _tasks() -> dict[str, Task[Any, Any, Any]]:
    from yidang.intake import tasks

    return tasks.BY_NAME
