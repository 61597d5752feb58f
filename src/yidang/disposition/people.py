"""Who can be named for a part: a member who may give no opinion, or a witness who may not sign, would stop the way."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from yidang.identity.models import Staff
from yidang.identity.policy import Permission
from yidang.workflow.notices import staff_with


def able(permission: Permission) -> QuerySet[Staff]:
    return Staff.objects.filter(pk__in=staff_with(permission), duty="records").order_by("display_name")


def are_able(people: Collection[UUID], permission: Permission) -> bool:
    return able(permission).filter(pk__in=people).count() == len(set(people))
