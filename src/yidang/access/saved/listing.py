"""A list of chosen records to take along: what the search shows of each, names covered as they are there."""

import csv
import io
from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from yidang.holdings.models import Item
from yidang.holdings.queries import description
from yidang.holdings.veil import veil_of
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel import workbook
from yidang.kernel.errors import Invalid
from yidang.kernel.harmless import harmless
from yidang.ledger.operations import append

FORMS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": workbook.MEDIA_TYPE,
}
MOST = 2000
Row = Sequence[str]


@transaction.atomic
def list_of(grant: Grant, items: Sequence[UUID], form: str) -> tuple[list[Item], list[str]]:
    """The records that the asker may see, in the order chosen, and their titles as the asker may see them.

    Raises:
        Invalid: `list_empty`, `list_form_unknown`.
    """
    grant.require(Permission.DOWNLOAD)
    if form not in FORMS:
        raise Invalid("list_form_unknown", form=form)
    known = visible_items(grant).select_related("series").in_bulk(list(dict.fromkeys(items))[:MOST])
    chosen = [known[one] for one in dict.fromkeys(items) if one in known]
    if not chosen:
        raise Invalid("list_empty")
    titles = [_title(grant, item) for item in chosen]
    facts = {"format": form, "records": len(chosen)}
    append(action="list.exported", actor=grant.actor, facts=facts, private={"items": [str(one.pk) for one in chosen]})
    return chosen, titles


def _title(grant: Grant, item: Item) -> str:
    described = description(item)
    return veil_of(grant, item, described).over(described.title)


def as_csv(head: Row, rows: Sequence[Row]) -> bytes:
    """With a byte-order mark, by which a spreadsheet knows UTF-8; no cell is taken for a formula."""
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\r\n")
    writer.writerows([head, *(map(harmless, row) for row in rows)])
    return sink.getvalue().encode("utf-8-sig")
