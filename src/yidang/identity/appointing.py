"""Posts given and ended. Giving one takes two people; ending one, which only takes rights away, may be done by one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from yidang.identity.models import OF_A_DEPARTMENT, ROLES_OF_DUTY, Department, Post, Role, Staff
from yidang.identity.policy import NOBODY, Grant, Permission
from yidang.identity.posts import in_order, posts_in_force
from yidang.kernel.clock import today
from yidang.kernel.errors import Conflict, Invalid, NotAllowed, NotFound
from yidang.ledger.operations import append


@dataclass(frozen=True, slots=True)
class Sanction:
    """Two people stand behind a change: who asked for it and who approved it, under one approval."""

    approval_id: UUID
    asked_by: UUID
    approved_by: UUID


@transaction.atomic
def appoint(
    *, sanction: Sanction, staff_id: UUID, role: str, department: str | None, since: date, until: date | None = None
) -> Post:
    """A new post under the sanction of two people, neither of them its bearer.

    Raises:
        NotAllowed: `second_person_missing`, `own_post`.
        Invalid: `role_unfit`, `department_missing`, `department_unfit`, `post_dates`.
        Conflict: `post_held`.
        NotFound: `staff_not_found`.
    """
    require_two(sanction, staff_id)
    staff = locked_staff(staff_id)
    return give_post(
        staff,
        role=role,
        department=department,
        since=since,
        until=until,
        actor=str(sanction.approved_by),
        sanction=sanction,
    )


@transaction.atomic
def end_post(*, grant: Grant = NOBODY, sanction: Sanction | None = None, post_id: UUID, until: date) -> Post:
    """On the day of `until` the post no longer counts.

    Raises NotAllowed without MANAGE_ROLES or a sanction, NotFound `post_not_found`, Invalid `post_dates`.
    """
    if sanction is None:
        grant.require(Permission.MANAGE_ROLES)
    post = Post.objects.select_for_update().filter(pk=post_id).first()
    if post is None:
        raise NotFound("post_not_found")
    if until < post.since or until < today() or (post.until is not None and until > post.until):
        raise Invalid("post_dates")
    post.until = until
    post.save(update_fields=["until"])
    actor = str(sanction.approved_by) if sanction else grant.actor
    append(action="post.ended", actor=actor, subject=post.staff_id, facts=_facts(post, sanction))
    settle_lead(post.staff)
    return post


def give_post(
    staff: Staff,
    *,
    role: str,
    department: str | None,
    since: date,
    actor: str,
    until: date | None = None,
    sanction: Sanction | None = None,
) -> Post:
    """Without a sanction only for the first administrators of an installation and the demonstration's staff."""
    check_post(staff, role=role, department=department, since=since, until=until)
    post = Post.objects.create(
        staff=staff,
        duty=staff.duty,
        role=role,
        department_id=department or None,
        since=since,
        until=until,
        appointed_by=actor,
        approval=sanction.approval_id if sanction else None,
    )
    append(action="post.given", actor=actor, subject=staff.id, facts=_facts(post, sanction))
    settle_lead(staff)
    return post


def check_post(staff: Staff, *, role: str, department: str | None, since: date, until: date | None = None) -> None:
    """Raises as `appoint` does, for whatever the post itself is wrong in."""
    check_fit(staff, role, department)
    if until is not None and until <= since:
        raise Invalid("post_dates")
    if _is_held(staff, role, department, since, until):
        raise Conflict("post_held")


def settle_lead(staff: Staff) -> None:
    """What lists and greetings call the person by."""
    posts = in_order(posts_in_force(staff.id))
    staff.role, staff.department_id = (posts[0].role, posts[0].department_id) if posts else ("", None)
    staff.save(update_fields=["role", "department"])


def locked_staff(staff_id: UUID) -> Staff:
    staff = Staff.objects.select_for_update().filter(pk=staff_id).first()
    if staff is None:
        raise NotFound("staff_not_found")
    return staff


def require_two(sanction: Sanction, staff_id: UUID) -> None:
    """Raises NotAllowed: `second_person_missing`, `own_post`."""
    if sanction.asked_by == sanction.approved_by:
        raise NotAllowed("second_person_missing")
    if staff_id in {sanction.asked_by, sanction.approved_by}:
        raise NotAllowed("own_post")


def check_fit(staff: Staff, role: str, department: str | None) -> None:
    if role not in ROLES_OF_DUTY[staff.duty]:
        raise Invalid("role_unfit")
    if role not in OF_A_DEPARTMENT:
        if department:
            raise Invalid("department_unfit")
        return
    if not department:
        raise Invalid("department_missing")
    kind = Department.objects.filter(pk=department).values_list("kind", flat=True).first()
    if kind is None or not _fits(role, kind):
        raise Invalid("department_unfit")


def _fits(role: str, kind: str) -> bool:
    if role == Role.INSTITUTION_CLERK or kind == Department.Kind.INSTITUTION:
        return role == Role.INSTITUTION_CLERK and kind == Department.Kind.INSTITUTION
    return role != Role.DOCTOR or kind == Department.Kind.CLINICAL


def _is_held(staff: Staff, role: str, department: str | None, since: date, until: date | None) -> bool:
    """Whether the same post is held on one of these days."""
    same = Post.objects.filter(staff=staff, role=role, department=department or None)
    same = same.filter(Q(until=None) | Q(until__gt=since))
    return (same.filter(since__lt=until) if until else same).exists()


def _facts(post: Post, sanction: Sanction | None) -> dict[str, str]:
    facts = {
        "post": str(post.id),
        "role": post.role,
        "department": post.department_id or "",
        "since": post.since.isoformat(),
        "until": post.until.isoformat() if post.until else "",
    }
    if sanction is None:
        return facts
    return facts | {"approval": str(sanction.approval_id), "asked_by": str(sanction.asked_by)}
