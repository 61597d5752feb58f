"""The tables of a brand-new database, laid down in one go.

Django draws every table anew for each step of a hundred migrations, ten seconds of work that says the same each time.
`schema.sql` is what comes out of them, written by `make schema`; a test holds the two against each other. Migrations
newer than the file run on top of it, and a database that holds anything never meets it.
"""

from pathlib import Path

from django.db import connection, transaction

FILE = Path(__file__).with_name("schema.sql")


def lay_down() -> None:
    """As the owner of the tables. All of it or nothing, and nothing where something stands."""
    if connection.introspection.table_names():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(FILE.read_text(encoding="utf-8"))
