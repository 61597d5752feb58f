"""One record, or one page of it, put before a colleague in clear, for a piece of work and until a day."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse

from yidang.holdings.models import Item
from yidang.holdings.queries import get_item, shown_pages
from yidang.identity.models import Staff
from yidang.identity.policy import Grant, Permission, grant_for
from yidang.kernel.clock import today
from yidang.kernel.errors import Invalid, NotFound
from yidang.workflow.models import Task
from yidang.workflow.operations import close_task, open_task

KIND = "look_at_record"
LONGEST = timedelta(days=30)


@transaction.atomic
def give(grant: Grant, *, item_id: UUID, to: UUID | None, until: date | None, page: int | None = None) -> Task:
    """The colleague sees it in clear until the work is done or the record is taken back.

    Raises:
        NotFound: no such record within reach.
        Invalid: `record_given_to_nobody`, `record_given_too_long`, `record_given_page`.
    """
    grant.require(Permission.DESCRIBE)
    item = get_item(grant, item_id)
    if to is None or not any(one.pk == to for one in colleagues(grant)):
        raise Invalid("record_given_to_nobody")
    if until is None or not today() <= until <= today() + LONGEST:
        raise Invalid("record_given_too_long", days=LONGEST.days)
    if page is not None and not 1 <= page <= shown_pages(item):
        raise Invalid("record_given_page", pages=shown_pages(item))
    place = reverse("access:item", args=[item.pk]) + (f"#p{page}" if page else "")
    number = item.reference_code or item.working_number
    return open_task(
        grant=grant, kind=KIND, subject_url=place, assignee=to, subject=item.pk, page=page, number=number, due_on=until
    )


@transaction.atomic
def end(grant: Grant, *, task_id: UUID) -> UUID:
    """By whoever got it, when the work is done, or by who may give. The id of the record, shown in clear no more.

    Raises NotFound: `record_not_given`.
    """
    mine = Task.objects.filter(pk=task_id, kind=KIND)
    task = (mine if grant.allows(Permission.DESCRIBE) else mine.filter(assignee=grant.staff_id)).first()
    if task is None or task.subject is None:
        raise NotFound("record_not_given")
    close_task(grant=grant, task_id=task.pk)
    return task.subject


def given(grant: Grant, item: Item) -> QuerySet[Task]:
    """Who has this record before them: all of it for who may give, one's own otherwise."""
    out = Task.objects.filter(kind=KIND, subject=item.pk, closed_at__isnull=True).select_related("assignee")
    return out if grant.allows(Permission.DESCRIBE) else out.filter(assignee=grant.staff_id)


def colleagues(grant: Grant) -> Sequence[Staff]:
    """Who reads records at all; administrators of the system never do."""
    others = Staff.objects.filter(is_active=True, duty="records").order_by("display_name")
    return [one for one in others if one.pk != grant.staff_id and grant_for(one).allows(Permission.VIEW_RECORDS)]
