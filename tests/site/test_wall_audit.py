"""Whoever owns the database may tell it to stop refusing; `verify` names that."""

import pytest
from django.db import connection

from yidang.identity import given
from yidang.identity.reach import APP_ROLE, as_owner
from yidang.site.wall_audit import CONSTRAINTS, WALLED, verify_wall

pytestmark = pytest.mark.django_db


def told(statement: str) -> list[str]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)
    return [one.code for one in verify_wall()]


def test_a_whole_wall_is_nothing():
    assert verify_wall() == []


def test_every_policy_of_the_database_is_known():
    with connection.cursor() as cursor:
        cursor.execute("SELECT polrelid::regclass::text FROM pg_policy ORDER BY 1")
        assert {row[0] for row in cursor.fetchall()} == set(WALLED)


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE holdings_item DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE holdings_page NO FORCE ROW LEVEL SECURITY",
        "DROP POLICY reach ON holdings_identifier",
        "CREATE POLICY everybody ON holdings_item USING (true)",
        f"ALTER TABLE holdings_volume OWNER TO {APP_ROLE}",
    ],
)
def test_an_opened_table_is_named(statement):
    assert told(statement) == ["wall_table_open"]


def test_a_role_made_strong_is_named():
    assert told(f"ALTER ROLE {APP_ROLE} BYPASSRLS") == ["wall_role_too_strong"]


@pytest.mark.parametrize(("table", "name"), CONSTRAINTS)
def test_a_constraint_taken_away_is_named(table, name):
    assert told(f"ALTER TABLE {table} DROP CONSTRAINT {name}") == ["wall_constraint_missing"]


def test_what_a_person_is_given_is_asked_of_no_walled_table():
    """It is asked before the wall knows for whom, and would find nothing behind it."""
    sql, _ = given._question(tuple(given._SOURCES.values()))
    assert [table for table in WALLED if f'"{table}"' in sql] == []
