"""The role as which Yidang works: it owns no table, so row policies bind it and no statement of it changes a schema."""

from django.conf import settings
from django.db import DatabaseError, connection, connections

from yidang.credit.walls import raise_walls
from yidang.identity import reach
from yidang.kernel.errors import Unavailable

_MAKE_ROLE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{reach.APP_ROLE}') THEN
    CREATE ROLE {reach.APP_ROLE} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
_JOIN = f"""
DO $$ BEGIN
  IF NOT pg_has_role(current_user, '{reach.APP_ROLE}', 'MEMBER') THEN
    EXECUTE format('GRANT {reach.APP_ROLE} TO %I', current_user);
  END IF;
END $$
"""
_GRANTS = (
    f"GRANT USAGE ON SCHEMA public TO {reach.APP_ROLE}",
    f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {reach.APP_ROLE}",
    f"GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA public TO {reach.APP_ROLE}",
)


def raise_wall() -> None:
    """Makes the role and gives it what it works with; asking twice changes nothing. As the owner of the tables.

    Raises:
        Unavailable: `app_role_refused` when the database's account may neither make the role nor take it.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute(_MAKE_ROLE)
            cursor.execute(_JOIN)
            for line in _GRANTS:
                cursor.execute(line)
        raise_walls(reach.APP_ROLE)
    except DatabaseError as refusal:
        raise Unavailable("app_role_refused", retryable=False, role=reach.APP_ROLE) from refusal


def step_behind() -> None:
    """From here on this process and its children work as that role; on a server of our own they sign in as it."""
    connections.close_all()
    if not settings.YIDANG.database_url:
        connections.settings["default"]["USER"] = reach.APP_ROLE
    reach.work_as_app()


def step_before() -> None:
    """As the owner of the tables: for migrations."""
    connections.close_all()
    if not settings.YIDANG.database_url:
        from yidang.site.runtime.postgres import SUPERUSER

        connections.settings["default"]["USER"] = SUPERUSER
    reach.work_as_owner()
