"""What a third party sees: the items of the accessions handed to it, as long as they are."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from uuid import UUID

from yidang.checks.models import Course, State
from yidang.holdings.models import Item
from yidang.identity.reaches import Reach
from yidang.kernel.clock import CHINA, today

PURPOSE = "acceptance"


def given_to(staff_id: UUID) -> Iterator[Reach]:
    """Asked at every request; people without an accession cost one look at an index."""
    for course in Course.objects.filter(acceptor=staff_id, state=State.HANDED, until__gte=today()):
        items = frozenset(Item.objects.filter(accession=course.pk).values_list("pk", flat=True))
        if items and course.until:
            last = datetime.combine(course.until + timedelta(days=1), time(), tzinfo=CHINA)
            yield Reach(items=items, purpose=PURPOSE, until=last)
