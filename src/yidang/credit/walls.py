"""What PostgreSQL is told about the credit archive: a role of its own, and nobody else at its tables."""

from django.db import connection

from yidang.credit.door import ROLE, SCHEMA

_MAKE = f"""
DO $$ BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
    CREATE ROLE {ROLE} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
# Whoever works may step into the role, and inherits nothing of it while outside.
_JOIN = f"""
DO $$ BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '{{role}}' AND rolinherit) THEN
    ALTER ROLE {{role}} NOINHERIT;
  END IF;
  IF NOT pg_has_role('{{role}}', '{ROLE}', 'MEMBER') THEN
    GRANT {ROLE} TO {{role}};
  END IF;
  IF NOT pg_has_role(current_user, '{ROLE}', 'MEMBER') THEN
    EXECUTE format('GRANT {ROLE} TO %I', current_user);
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$
"""
_CHANGED = ("subject", "deduction", "measure", "repair", "appeal", "confirmation")
_GRANTS = (
    f"GRANT USAGE ON SCHEMA {SCHEMA} TO {ROLE}",
    # Nothing is ever deleted; the log, decisions and marks are not even changed.
    f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {SCHEMA} TO {ROLE}",
    f"GRANT UPDATE ON {', '.join(f'{SCHEMA}.{name}' for name in _CHANGED)} TO {ROLE}",
    f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA {SCHEMA} TO {ROLE}",
)
# What the catalogue must show: the working role outside, the credit role nowhere else.
_OPEN = f"""
SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
 WHERE c.relkind IN ('r', 'p', 'v', 'm') AND (
   (n.nspname = '{SCHEMA}' AND has_table_privilege(%s, c.oid, 'SELECT, INSERT, UPDATE, DELETE')) OR
   (n.nspname NOT IN ('{SCHEMA}', 'pg_catalog', 'information_schema')
    AND has_table_privilege('{ROLE}', c.oid, 'SELECT, INSERT, UPDATE, DELETE')))
"""  # noqa: S608 - constants of ours


def raise_walls(working_role: str) -> None:
    """As the owner of the tables; asking twice changes nothing."""
    with connection.cursor() as cursor:
        cursor.execute(_MAKE)
        cursor.execute(_JOIN.format(role=working_role))
        for line in _GRANTS:
            cursor.execute(line)


def open_tables(working_role: str) -> list[str]:
    """Tables that one of the two roles can read and must not."""
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [working_role])
        return [row[0] for row in cursor.fetchall()]
