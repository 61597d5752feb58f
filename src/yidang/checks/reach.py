"""What a third party sees: the items of the accessions handed to it, as long as they are."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yidang.checks.gathering import items_of
from yidang.checks.models import Course, HandedItem, State
from yidang.identity.given import Moment, records

PURPOSE = "acceptance"


def given_to(staff_id: UUID, moment: Moment) -> QuerySet[Any, Any]:
    handed = HandedItem.objects.filter(
        course__acceptor=staff_id, course__state=State.HANDED, course__until__gte=moment.today
    )
    return records(handed, purpose=PURPOSE)


def hand_items(course: Course) -> None:
    """As the accession stands; in an earlier round it may have held others."""
    course.handed_items.all().delete()
    HandedItem.objects.bulk_create(HandedItem(course=course, item=item) for item in items_of(course.pk))
