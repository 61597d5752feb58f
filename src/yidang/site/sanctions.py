"""What two persons must stand behind: the kinds of approval whose rooms lie below workflow and cannot register them."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from yidang.identity.appointing import Sanction, appoint, check_post, end_post
from yidang.identity.models import Factor, Post, Staff
from yidang.identity.policy import Permission
from yidang.identity.posts import in_order
from yidang.identity.proving import forget_factors
from yidang.kernel.clock import today
from yidang.kernel.errors import NotAllowed, NotFound
from yidang.site.labels import FACTOR_KINDS, ROLES
from yidang.site.naming import department_name
from yidang.workflow.approvals import Kind, Line, Plan, register
from yidang.workflow.models import Approval

GIVE_POST = "post_given"
END_POST = "post_ended"
FORGET_FACTORS = "factors_reset"


def register_all() -> None:
    register(
        Kind(
            code=GIVE_POST,
            title=gettext_lazy("Give a post"),
            ask=Permission.MANAGE_ROLES,
            approve=Permission.APPROVE_SECURITY,
            describe=_new_post,
            execute=_give,
            lock=lambda plan: _lock(UUID(plan["staff"])),
            concerns=lambda plan: frozenset({UUID(plan["staff"])}),
        )
    )
    register(
        Kind(
            code=END_POST,
            title=gettext_lazy("End a post"),
            ask=Permission.MANAGE_ROLES,
            approve=Permission.APPROVE_SECURITY,
            describe=_post_to_end,
            execute=_end,
            lock=lambda plan: _lock(_post(plan).staff_id),
            concerns=_bearer,
        )
    )
    register(
        Kind(
            code=FORGET_FACTORS,
            title=gettext_lazy("Reset second factors"),
            ask=Permission.MANAGE_STAFF,
            approve=Permission.APPROVE_SECURITY,
            describe=_factors_to_forget,
            execute=_forget,
            lock=lambda plan: _lock(UUID(plan["staff"])),
            concerns=lambda plan: frozenset({UUID(plan["staff"])}),
        )
    )


def _factors_to_forget(plan: Plan) -> list[Line]:
    staff = Staff.objects.filter(pk=plan["staff"], is_active=True).first()
    if staff is None:
        raise NotFound("staff_not_found")
    before = "；".join(str(FACTOR_KINDS[one.kind]) for one in Factor.objects.filter(staff=staff).order_by("added_at"))
    bearer = f"{staff.display_name} ({staff.username})"
    return [Line(_("Second factors of %(name)s") % {"name": bearer}, before)] if before else []


def _forget(plan: Plan, approval: Approval) -> None:
    forget_factors(sanction=_sanction(approval), staff_id=UUID(plan["staff"]))


def post_plan(*, staff_id: UUID, role: str, department: str, since: date, until: date | None) -> dict[str, Any]:
    return {
        "staff": str(staff_id),
        "role": role,
        "department": department,
        "since": since.isoformat(),
        "until": until.isoformat() if until else "",
    }


def _new_post(plan: Plan) -> list[Line]:
    """The other posts stand in the first line, so that a change of any of them is noticed."""
    staff = Staff.objects.filter(pk=plan["staff"], is_active=True).first()
    if staff is None:
        raise NotFound("staff_not_found")
    _check(staff, plan)
    bearer = f"{staff.display_name} ({staff.username})"
    standing = _said(Post.objects.filter(staff=staff).exclude(until__lte=today()))
    added = _in_words(plan["role"], plan["department"], plan["since"], plan["until"])
    return [Line(_("Posts of %(name)s") % {"name": bearer}, standing, "；".join(filter(None, [standing, added])))]


def _check(staff: Staff, plan: Plan) -> None:
    check_post(
        staff,
        role=plan["role"],
        department=plan["department"] or None,
        since=date.fromisoformat(plan["since"]),
        until=_until(plan),
    )


def _until(plan: Plan) -> date | None:
    return date.fromisoformat(plan["until"]) if plan["until"] else None


def _said(posts: Iterable[Post]) -> str:
    return "；".join(_in_words(it.role, it.department_id, it.since, it.until) for it in in_order(posts))


def _in_words(role: str, department: str | None, since: object, until: object) -> str:
    place = department_name(department) if department else ""
    term = _("from %(day)s") % {"day": since} + (" " + _("until %(day)s") % {"day": until} if until else "")
    return " · ".join(filter(None, [str(ROLES[role]), place, term]))


def _give(plan: Plan, approval: Approval) -> None:
    appoint(
        sanction=_sanction(approval),
        staff_id=UUID(plan["staff"]),
        role=plan["role"],
        department=plan["department"] or None,
        since=date.fromisoformat(plan["since"]),
        until=_until(plan),
    )


def _post_to_end(plan: Plan) -> list[Line]:
    post = _post(plan)
    bearer = f"{post.staff.display_name} ({post.staff.username})"
    before = _in_words(post.role, post.department_id, post.since, post.until)
    after = _in_words(post.role, post.department_id, post.since, plan["until"])
    return [Line(_("Posts of %(name)s") % {"name": bearer}, before, after)] if before != after else []


def _end(plan: Plan, approval: Approval) -> None:
    end_post(sanction=_sanction(approval), post_id=UUID(plan["post"]), until=date.fromisoformat(plan["until"]))


def _post(plan: Plan) -> Post:
    post = Post.objects.select_related("staff").filter(pk=plan["post"]).first()
    if post is None:
        raise NotFound("post_not_found")
    return post


def _bearer(plan: Plan) -> frozenset[UUID]:
    return frozenset(Post.objects.filter(pk=plan["post"]).values_list("staff_id", flat=True))


def _lock(staff_id: UUID) -> None:
    list(Staff.objects.select_for_update().filter(pk=staff_id))


def _sanction(approval: Approval) -> Sanction:
    if approval.decided_by_id is None:
        raise NotAllowed("approval_needs_a_person")
    return Sanction(approval_id=approval.id, asked_by=approval.asker_id, approved_by=approval.decided_by_id)
