"""The list behind each counted line of the table."""

from django.urls import reverse

from yidang.holdings.filed import TERMS


def addresses(year: int) -> dict[str, str]:
    """By the code of the line; a line that a person enters has none."""
    duties, tree, filed = reverse("duty:duties"), reverse("holdings:tree"), reverse("holdings:filed")
    transfers = reverse("disposition:transfers")
    used = f"{reverse('lending:use_register')}?first={year}-01-01&last={year}-12-31"
    found = {
        "staff_full": duties,
        "staff_part": duties,
        "fonds": tree,
        "volumes": tree,
        "items": filed,
        "transferred": transfers,
        "moved_out": transfers,
        "destroyed": reverse("disposition:lists"),
        "catalogue_volumes": tree,
        "catalogue_items": filed,
        "use_persons": used,
        "use_volumes": used,
        "use_items": used,
    }
    found |= {f"items_{term}": f"{filed}?formed={year}&term={term}" for term in TERMS}
    return found | dict.fromkeys((f"volumes_{term}" for term in TERMS), tree)
