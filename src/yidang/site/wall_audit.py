"""Does the database still refuse what it was told to refuse? Whoever owns it could have told it otherwise."""

from collections.abc import Iterator, Sequence

from django.db import connection

from yidang.credit.walls import open_tables
from yidang.identity.reach import APP_ROLE
from yidang.kernel.difference import Difference, difference

# Every table with rows of records, and the policy on each.
WALLED = tuple(
    f"holdings_{name}"
    for name in (
        "alias",
        "hold",
        "identifier",
        "item",
        "itemfile",
        "itemscope",
        "itemversion",
        "page",
        "pendingversion",
        "volume",
        "volumestep",
    )
)
# What two persons, or three administrators, are kept apart by.
CONSTRAINTS = (
    ("identity_post", "post_role_fits_duty"),
    ("workflow_approval", "approval_never_by_its_asker"),
    ("access_release", "release_allowed_by_another"),
    ("access_usedoubt", "use_doubt_decided_by_another"),
    ("quality_case", "cure_accepted_by_another"),
)
_TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE n.nspname = 'public' AND c.relname = ANY (%s) AND c.relrowsecurity AND c.relforcerowsecurity
   AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = 'reach')
   AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polpermissive AND p.polname <> 'reach')
   AND pg_get_userbyid(c.relowner) <> %s
"""
_ROLE = "SELECT rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles WHERE rolname = %s"
_CONSTRAINTS = "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE convalidated"


def verify_wall() -> list[Difference]:
    """Codes: `wall_table_open`, `wall_role_too_strong`, `wall_constraint_missing`."""
    return [*_tables(), *_role(), *_constraints(), *_credit()]


def _tables() -> Iterator[Difference]:
    walled = {row[0] for row in _rows(_TABLES, [list(WALLED), APP_ROLE])}
    yield from (difference("wall_table_open", table=name) for name in WALLED if name not in walled)


def _role() -> Iterator[Difference]:
    if any(row[0] for row in _rows(_ROLE, [APP_ROLE])):
        yield difference("wall_role_too_strong", role=APP_ROLE)


def _constraints() -> Iterator[Difference]:
    standing = {(table, name) for table, name in _rows(_CONSTRAINTS, [])}
    missing = (one for one in CONSTRAINTS if one not in standing)
    yield from (difference("wall_constraint_missing", table=table, constraint=name) for table, name in missing)


def _credit() -> Iterator[Difference]:
    """Records on one side, points on the other: neither role reads across."""
    yield from (difference("wall_table_open", table=name) for name in open_tables(APP_ROLE))


def _rows(query: str, values: Sequence[str | list[str]]) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return list(cursor.fetchall())
