"""Many rows in one statement: Django's own bulk update writes a CASE per row and column, ten times the cost."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from yidang.intake.models import ReceivedFile


def save_settled(files: Sequence[ReceivedFile]) -> None:
    """What looking at files found out: item, outcome, digest and the sealed facts about them."""
    columns: list[Any] = [
        [file.pk for file in files],
        [file.item_id for file in files],
        [str(file.outcome) for file in files],
        [file.digest for file in files],
        [file.about for file in files],
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE intake_receivedfile f SET item_id = n.item, outcome = n.outcome, digest = n.digest,"
            " about = n.about FROM unnest(%s::uuid[], %s::uuid[], %s::text[], %s::bytea[], %s::bytea[])"
            " AS n(id, item, outcome, digest, about) WHERE f.id = n.id",
            columns,
        )


def save_groups(files: Sequence[ReceivedFile]) -> None:
    columns: list[Any] = [[file.pk for file in files], [file.group for file in files]]
    columns.append([file.ordinal for file in files])
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE intake_receivedfile f SET "group" = n.place, ordinal = n.ordinal'
            " FROM unnest(%s::uuid[], %s::int[], %s::int[]) AS n(id, place, ordinal) WHERE f.id = n.id",
            columns,
        )
