"""Where an item can be put, as a form offers it."""

from collections.abc import Sequence

from yidang.holdings.models import Series


def series_choices() -> Sequence[tuple[Series, list[Series]]]:
    """Each category with the series under it."""
    rows = list(Series.objects.order_by("fonds", "position", "code"))
    branches = [row for row in rows if row.parent_id is None]
    return [(branch, [row for row in rows if row.parent_id == branch.code]) for branch in branches]
