"""Who holds which post on a day."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from yidang.identity.models import ROLES_OF_DUTY, Post
from yidang.kernel.clock import today

_ORDER = [role for roles in ROLES_OF_DUTY.values() for role in roles]


def in_force(on: date | None = None) -> QuerySet[Post]:
    """A post counts from `since` on, and no longer on the day of `until`: who moves loses the old one that very day."""
    day = on or today()
    return Post.objects.filter(Q(until=None) | Q(until__gt=day), since__lte=day)


def posts_in_force(staff_id: UUID, on: date | None = None) -> QuerySet[Post]:
    return in_force(on).filter(staff=staff_id)


def in_order(posts: Iterable[Post]) -> list[Post]:
    """The leading post first."""
    return sorted(posts, key=lambda post: (_ORDER.index(post.role), post.since, post.department_id or ""))
