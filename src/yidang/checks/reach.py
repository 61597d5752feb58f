"""What a third party sees: the items of the accessions handed to it, as long as they are."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from yidang.checks.models import Course, State
from yidang.holdings.models import Item
from yidang.identity.given import records
from yidang.kernel.clock import today

PURPOSE = "acceptance"


def given_to(staff_id: UUID) -> QuerySet[Any, Any]:
    handed = Course.objects.filter(acceptor=staff_id, state=State.HANDED, until__gte=today())
    return records(Item.objects.filter(accession__in=handed.values("pk")), item="pk", purpose=PURPOSE)
