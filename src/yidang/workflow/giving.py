"""A task given to a person by name opens the record it is about, for as long as the task is open."""

from collections.abc import Iterator
from uuid import UUID

from yidang.identity.reaches import TASK, Reach
from yidang.workflow.queries import open_tasks_for


def task_reaches(staff_id: UUID) -> Iterator[Reach]:
    """A subject that is no record opens none."""
    for subject, page in open_tasks_for(staff_id).values_list("subject", "page").distinct():
        if subject is not None:
            yield Reach(items=frozenset({subject}), page=page, purpose=TASK)
