"""While blind indexes are made anew: what a value is found by, brought to the newest version in every row at once."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import connection, transaction

from yidang.crypto.fields import blind_forms
from yidang.holdings.changes import note_changes
from yidang.holdings.identifiers import ID_NUMBER, identifiers
from yidang.holdings.models import Item
from yidang.holdings.sealing import open_description
from yidang.identity.policy import SYSTEM
from yidang.identity.reach import acting

_FORMS = "unnest(%s::text[], %s::bytea[], %s::bytea[]) AS form(kind, old, new)"
# Of a person, all of them in one transaction: who works in an emergency is not locked out of half of the records.
_IDENTIFIERS = (
    "UPDATE holdings_identifier row SET digest = form.new FROM " + _FORMS + " WHERE row.kind = form.kind"  # noqa: S608 - no input
    " AND row.digest = form.old RETURNING row.item_id"
)
_DOORS = (
    "UPDATE holdings_itemscope row SET value = encode(form.new, 'hex') FROM " + _FORMS + " WHERE row.kind = 'person'"  # noqa: S608 - see above
    " AND form.kind = %s AND row.value = encode(form.old, 'hex') RETURNING row.item_id"
)
_GLASS = (
    "UPDATE identity_brokenglass row SET person = encode(form.new, 'hex') FROM " + _FORMS + " WHERE form.kind = %s"  # noqa: S608 - see above
    " AND row.person = encode(form.old, 'hex')"
)


def turn_items(items: Sequence[UUID]) -> None:
    """All that these items are found by."""
    with transaction.atomic(), acting(SYSTEM):
        sealed = Item.objects.filter(pk__in=items).values_list("pk", "description")
        turn({pair for item, description in sealed for pair in identifiers(open_description(item, description))})


@transaction.atomic
def turn(pairs: Iterable[tuple[str, str]]) -> None:
    """`pairs`: kind and normalised value. Costs nothing while only one version stands."""
    found = [(kind, blind_forms(kind, value)) for kind, value in sorted(pairs)]
    forms = [(kind, old, newest) for kind, (newest, *former) in found for old in former]
    if not forms:
        return
    columns = [list(column) for column in zip(*forms, strict=True)]
    with acting(SYSTEM), connection.cursor() as cursor:
        cursor.execute(_IDENTIFIERS, columns)
        changed = {item for (item,) in cursor.fetchall()}
        cursor.execute(_DOORS, [*columns, ID_NUMBER])
        changed |= {item for (item,) in cursor.fetchall()}
        cursor.execute(_GLASS, [*columns, ID_NUMBER])
        note_changes(sorted(changed))
