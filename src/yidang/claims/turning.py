"""While blind indexes are made anew: persons and what lists say of them are brought to the newest version together."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection, transaction

from yidang.claims import sealed
from yidang.claims.models import DatedEntry, Enrolee
from yidang.crypto.fields import blind_forms

_TABLES = ("claims_enrolee", "claims_datedentry")
_TURN = (
    "UPDATE {table} row SET id_index = form.new FROM unnest(%s::bytea[], %s::bytea[]) AS form(old, new)"
    " WHERE row.id_index = form.old"
)


def forms_of(enrolee: Enrolee) -> list[bytes]:
    """All that entries about the person may stand under."""
    number = sealed.words_of(enrolee).get("id_number")
    former = blind_forms("id_number", number) if number else []
    return list({bytes(enrolee.id_index), *former}) if enrolee.id_index else []


def turn_people(keys: Sequence[UUID]) -> None:
    turn(sealed.words_of(one).get("id_number", "") for one in Enrolee.objects.filter(pk__in=keys))


def turn_entries(keys: Sequence[UUID]) -> None:
    turn(sealed.words_of_entry(one).get("id_number", "") for one in DatedEntry.objects.filter(pk__in=keys))


@transaction.atomic
def turn(numbers: Iterable[str]) -> None:
    found = [blind_forms("id_number", one) for one in sorted({one for one in numbers if one})]
    forms = [(old, newest) for newest, *former in found for old in former]
    if not forms:
        return
    columns = [list(column) for column in zip(*forms, strict=True)]
    with connection.cursor() as cursor:
        for table in _TABLES:
            cursor.execute(_TURN.format(table=table), columns)
