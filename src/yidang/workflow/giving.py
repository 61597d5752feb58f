"""A task given to a person by name opens the record it is about, for as long as the task is open."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yidang.identity.given import Moment, records
from yidang.identity.reaches import TASK
from yidang.workflow.queries import open_tasks_for


def given_with_tasks(staff_id: UUID, _moment: Moment) -> QuerySet[Any, Any]:
    """A subject that is no record opens none."""
    about_records = open_tasks_for(staff_id).filter(subject__isnull=False)
    return records(about_records, item="subject", page="page", purpose=TASK)
