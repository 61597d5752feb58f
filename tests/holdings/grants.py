"""Grants of invented staff."""

from uuid import uuid4

from yidang.identity.policy import PERMISSIONS, Grant


def grant(role: str, departments: set[str] | None) -> Grant:
    named = None if departments is None else frozenset(departments)
    return Grant(staff_id=uuid4(), username=role, role=role, permissions=PERMISSIONS[role], departments=named)


ARCHIVIST = grant("archivist", None)
SYSTEM_ADMIN = grant("system_admin", set())
# Even with departments given by mistake, the role reads nothing.
MISCONFIGURED_ADMIN = grant("system_admin", None)


def reader(*departments: str) -> Grant:
    return grant("reader", set(departments))
