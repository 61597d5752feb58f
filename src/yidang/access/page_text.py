"""The words of a page in their places, with those that were searched for marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yidang.access.proof import lit
from yidang.access.query import Query
from yidang.access.snippets import Part, lit_lines
from yidang.holdings.models import Item
from yidang.holdings.queries import description, get_item, page_reading
from yidang.holdings.reading import PageReading
from yidang.holdings.showing import circumstances, record_unmasking
from yidang.holdings.veil import Veil, veil_of
from yidang.identity.policy import Grant, Permission
from yidang.ledger.operations import append


@dataclass(frozen=True)
class LitLine:
    """`box`: x0, y0, x1, y1 as fractions of the upright page."""

    box: Sequence[float]
    parts: Sequence[Part]

    @property
    def is_lit(self) -> bool:
        return any(part.is_match for part in self.parts)


@transaction.atomic
def lit_page(grant: Grant, item: Item, number: int, query: Query | None = None) -> list[LitLine]:
    """Lines of a page of an item that `get_item` gave, private words covered, and one ledger row.

    Raises NotFound `page_not_found`.
    """
    reading = page_reading(item, number)
    append(action="page.read", actor=grant.actor, subject=item.id, facts=circumstances(grant, item, number))
    return light(reading, query, veil_of(grant, item, description(item), number))


@transaction.atomic
def page_in_clear(
    grant: Grant, item_id: UUID, number: int, *, reason: str, query: Query | None = None
) -> list[LitLine]:
    """One page's words uncovered, for a reason that the ledger keeps.

    Raises:
        NotAllowed: `not_allowed`. NotFound: `item_not_found`, `page_not_found`. Invalid: `unmasking_reason_missing`.
    """
    item = get_item(grant, item_id)
    grant.require(Permission.UNMASK)
    reading = page_reading(item, number)
    record_unmasking(grant, item, what="page", reason=reason, facts={"page": number})
    return light(reading, query)


def light(reading: PageReading, query: Query | None = None, veil: Veil | None = None) -> list[LitLine]:
    terms = lit(query) if query else []
    parts = lit_lines([line.text for line in reading.lines], terms, veil)
    return [LitLine(line.box, some) for line, some in zip(reading.lines, parts, strict=True)]
