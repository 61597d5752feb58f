"""Between tests that commit: what they wrote is deleted, and nothing else is touched.

Django's own way truncates every table there is, three hundred files of the server's, and writes its catalogue of models
anew after each such test.
"""

from functools import cache
from typing import Any

from django.db import connection
from psycopg import sql

from yidang.identity import reach

# Written once by Django itself, the same for everybody.
CONSTANT = {"django_content_type", "auth_permission"}
WRITTEN = "SELECT relname FROM pg_class WHERE oid = ANY(%s::regclass[]) AND pg_relation_size(oid) > 0"


@cache
def tables() -> list[str]:
    known = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(f'"{name}"' for name in known if name not in CONSTANT)


def empty_tables(_: Any) -> None:
    """As the owner, whom neither row policies nor triggers nor the order of references hinder."""
    with reach.as_owner(), connection.cursor() as cursor:
        cursor.execute(WRITTEN, [tables()])
        written = [sql.SQL("DELETE FROM {}").format(sql.Identifier(row[0])) for row in cursor.fetchall()]
        cursor.execute("SET session_replication_role = replica")
        for step in written:
            cursor.execute(step)
        cursor.execute("RESET session_replication_role")
