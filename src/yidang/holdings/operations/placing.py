"""A draft put where it belongs before it is filed, so that no 档号 is spent on a wrong place."""

from uuid import UUID

from django.db import transaction

from yidang.holdings.changes import note_changes
from yidang.holdings.models import Item, Series
from yidang.holdings.operations.drafting import lock_draft
from yidang.holdings.scheme_versions import Terms
from yidang.identity.policy import Grant, Permission
from yidang.kernel import clock
from yidang.kernel.errors import Invalid, NotFound
from yidang.ledger.operations import append

OLDEST_YEAR = 1900


def check_year(year: int) -> None:
    """Raises Invalid `item_year_implausible`."""
    if not OLDEST_YEAR <= year <= clock.today().year + 1:
        raise Invalid("item_year_implausible", year=year)


@transaction.atomic
def place_draft(grant: Grant, *, item_id: UUID, series: str, year: int) -> Item:
    """Gives a draft another series or year; it leaves the open volume of its former place.

    Raises:
        Conflict: `item_not_draft`. NotFound: `series_not_found`. Invalid: `series_is_branch`, `item_year_implausible`.
    """
    grant.require(Permission.CONFIRM)
    item = lock_draft(item_id)
    if (item.series_id, item.year) == (series, year):
        return item
    check_year(year)
    found = Series.objects.select_related("retention_rule").filter(code=series).first()
    if found is None:
        raise NotFound("series_not_found", series=series)
    facts = {"working_number": item.working_number, "from": [item.series_id, item.year], "to": [series, year]}
    item.series, item.year, item.term, item.volume = found, year, Terms().of(found, year, item.formed_on), None
    item.save(update_fields=["series", "year", "term", "volume"])
    append(action="item.placed", actor=grant.actor, subject=item.pk, facts=facts)
    note_changes([item.pk])
    return item
