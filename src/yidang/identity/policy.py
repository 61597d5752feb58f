"""What a member of staff may do, decided in one place."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from yidang.identity.models import Role, Staff
from yidang.kernel.errors import NotAllowed


class Permission(StrEnum):
    VIEW_RECORDS = "view_records"
    SEARCH_ID_NUMBERS = "search_id_numbers"
    INGEST = "ingest"
    CONFIRM = "confirm"
    DESCRIBE = "describe"
    DOWNLOAD = "download"
    VERIFY = "verify"
    MANAGE_STAFF = "manage_staff"
    SEE_SYSTEM = "see_system"


ON_THE_SYSTEM = frozenset({Permission.MANAGE_STAFF, Permission.SEE_SYSTEM})
ON_RECORDS = frozenset(Permission) - ON_THE_SYSTEM

# Whoever runs the system never reads records, and who reads them never runs it: no role holds both.
PERMISSIONS: dict[str, frozenset[Permission]] = {
    Role.ARCHIVIST: ON_RECORDS,
    Role.READER: frozenset({Permission.VIEW_RECORDS}),
    Role.SYSTEM_ADMIN: ON_THE_SYSTEM,
}


@dataclass(frozen=True, slots=True)
class Grant:
    """What one person may do at this moment. `departments` holds codes; None means all, an empty set none."""

    staff_id: UUID | None
    username: str
    role: str
    permissions: frozenset[Permission]
    departments: frozenset[str] | None

    @property
    def actor(self) -> str:
        """Who the ledger says it was."""
        return str(self.staff_id) if self.staff_id else f"system:{self.username}"

    def allows(self, permission: Permission) -> bool:
        return permission in self.permissions

    def require(self, permission: Permission) -> None:
        """Raises NotAllowed: `not_allowed`."""
        if permission not in self.permissions:
            raise NotAllowed("not_allowed", permission=str(permission))


NOBODY = Grant(staff_id=None, username="nobody", role="", permissions=frozenset(), departments=frozenset())


def system_grant(component: str) -> Grant:
    """For jobs and commands that no person asks for by name; the ledger shows `system:<component>`."""
    return Grant(staff_id=None, username=component, role="system", permissions=frozenset(Permission), departments=None)


SYSTEM = system_grant("jobs")


def grant_for(staff: Any) -> Grant:
    """Anyone who is not an active member of staff gets an empty grant."""
    if not isinstance(staff, Staff) or not staff.is_active:
        return NOBODY
    return Grant(
        staff_id=staff.id,
        username=staff.username,
        role=staff.role,
        permissions=PERMISSIONS[staff.role],
        departments=_departments(staff),
    )


def _departments(staff: Staff) -> frozenset[str] | None:
    if staff.role == Role.ARCHIVIST:
        return None
    if staff.role == Role.READER and staff.department_id:
        return frozenset({staff.department_id})
    return frozenset()
