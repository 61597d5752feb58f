"""Who may agree to which step, by the posts held today."""

from collections.abc import Iterable
from uuid import UUID

from yidang.access.lending.models import LoanStep, Part
from yidang.identity.models import Role
from yidang.identity.posts import in_force, posts_in_force

_ROLES = {Part.SECTION: Role.SECTION_HEAD, Part.ARCHIVE: Role.ARCHIVIST, Part.HEAD: Role.MANAGER}


def sections_of(staff_id: UUID) -> frozenset[str]:
    """Where the person works, whatever the post there."""
    codes = posts_in_force(staff_id).filter(department__isnull=False).values_list("department", flat=True)
    return frozenset(str(code) for code in codes)


def headed_by(staff_id: UUID) -> frozenset[str]:
    """The sections the person answers for."""
    codes = posts_in_force(staff_id).filter(role=Role.SECTION_HEAD).values_list("department", flat=True)
    return frozenset(str(code) for code in codes)


def able(part: str, section: str, *, but: Iterable[UUID]) -> set[UUID]:
    """Who could agree today."""
    posts = in_force().filter(role=_ROLES[Part(part)], staff__is_active=True)
    if section:
        posts = posts.filter(department=section)
    return set(posts.values_list("staff", flat=True)) - set(but)


def is_able(staff_id: UUID, step: LoanStep) -> bool:
    return staff_id in able(step.part, step.department_id or "", but=())
