"""The only way to the tables of this room.

They stand in a schema of their own that the working role cannot read. Inside `opened` the connection works as the role
of the credit archive, which in turn reaches no other table: so no statement can join points with what anybody suffers
from or was given.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

ROLE = "yidang_credit"
SCHEMA = "credit"


@contextmanager
def opened() -> Iterator[None]:
    """A transaction, or a part of one; an error inside puts the former role back with everything else."""
    with transaction.atomic():
        before = _role()
        _take(ROLE)
        yield
        _take(before)


def _role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        name: str = cursor.fetchone()[0]
    return name


def _take(role: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(role)}")
