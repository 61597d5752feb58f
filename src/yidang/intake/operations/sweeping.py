"""Staged bytes that no row knows: their upload was cut off between the bytes and the row."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.conf import settings

from yidang.holdings.models import ItemFile
from yidang.intake.models import ReceivedFile
from yidang.kernel import clock
from yidang.preservation import staging
from yidang.preservation.content import staged

PATIENCE = timedelta(days=1)
_EVERY = timedelta(hours=1)
_AT_ONCE = 1000


def sweep_when_due() -> int:
    """For the keeper, who calls often: looks once an hour."""
    mark: Path = settings.YIDANG.home / "run" / "staging-swept"
    if mark.exists() and clock.now().timestamp() - mark.stat().st_mtime < _EVERY.total_seconds():
        return 0
    swept = sweep_unbound()
    mark.touch()
    return swept


def sweep_unbound() -> int:
    """Forgets what has lain for a day and belongs to no file; the number of them."""
    old = list(staging.staged_before(clock.now() - PATIENCE))
    return sum(_forget(old[start : start + _AT_ONCE]) for start in range(0, len(old), _AT_ONCE))


def _forget(ids: Sequence[str]) -> int:
    bound = set(ReceivedFile.objects.filter(staged__in=ids).values_list("staged", flat=True))
    locators = {staged(one): one for one in ids}
    pointed_at = ItemFile.objects.filter(locator__in=locators).values_list("locator", flat=True)
    bound |= {locators[locator] for locator in pointed_at}
    unbound = [one for one in ids if one not in bound]
    staging.delete_many(unbound)
    return len(unbound)
