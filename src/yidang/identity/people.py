"""Who holds, held and will hold which posts."""

from collections.abc import Sequence
from dataclasses import dataclass

from yidang.identity.models import Post, Staff
from yidang.identity.policy import Grant, Permission
from yidang.identity.posts import in_order
from yidang.kernel.clock import today
from yidang.kernel.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class Person:
    staff: Staff
    in_force: Sequence[Post]
    coming: Sequence[Post]
    ended: Sequence[Post]


def people(grant: Grant) -> list[Person]:
    """For who gives posts and for who watches over it. Raises NotAllowed `not_allowed`."""
    if not (grant.allows(Permission.MANAGE_ROLES) or grant.allows(Permission.SEE_AUDIT)):
        raise NotAllowed("not_allowed", permission=str(Permission.MANAGE_ROLES))
    staff = Staff.objects.order_by("-is_active", "username").prefetch_related("posts__department")
    return [_person(one) for one in staff]


def _person(staff: Staff) -> Person:
    day, posts = today(), in_order(staff.posts.all())
    return Person(
        staff,
        in_force=[post for post in posts if post.since <= day and (post.until is None or post.until > day)],
        coming=[post for post in posts if post.since > day and (post.until is None or post.until > post.since)],
        ended=[post for post in posts if post.until is not None and (post.until <= day or post.until == post.since)],
    )
