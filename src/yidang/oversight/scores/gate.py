"""When a model may be heard: the figures of a month, and whether none of them falls."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypedDict

ENOUGH_JUDGED = 30  # of a month; below, its figures say nothing
ENOUGH_IN_GROUP = 10
_NOISE = 1e-9
OVERALL = ""


class Figures(TypedDict):
    judged: int
    confirmed: int
    ap: float
    precision: float


class Month(TypedDict):
    """`groups`: by level of the institution. `baseline` and its groups: the same of the one column beside it."""

    capacity: int
    overall: Figures
    groups: dict[str, Figures]
    baseline: Figures
    baseline_groups: dict[str, Figures]
    brier: float | None
    ece: float | None
    bins: list[list[float]]


class Fall(NamedTuple):
    """`group` blank: overall."""

    group: str
    measure: str
    before: float
    after: float


def falls(candidate: Month, standing: Month | None) -> list[Fall]:
    """Where the candidate is worse than who is heard now, or where nobody is, than the one-column baseline.

    A group is compared where both had enough judged and something was confirmed in it: else its figures are chance.
    """
    overall = standing["overall"] if standing else candidate["baseline"]
    groups = standing["groups"] if standing else candidate["baseline_groups"]
    found = _fallen(OVERALL, candidate["overall"], overall)
    for name in sorted(candidate["groups"].keys() & groups.keys()):
        if says_something(candidate["groups"][name]) and says_something(groups[name]):
            found += _fallen(name, candidate["groups"][name], groups[name])
    return found


def says_something(figures: Figures) -> bool:
    return figures["judged"] >= ENOUGH_IN_GROUP and 0 < figures["confirmed"] < figures["judged"]


def _fallen(group: str, after: Figures, before: Figures) -> list[Fall]:
    pairs = (("ap", before["ap"], after["ap"]), ("precision", before["precision"], after["precision"]))
    return [Fall(group, name, was, now) for name, was, now in pairs if now < was - _NOISE]


def next_month(
    months: Mapping[str, Month], until: str, others: Mapping[str, Month] | None
) -> tuple[str, Month, Month | None] | None:
    """The first month after the window in which enough was judged, with the figures of who is heard now, if anybody.

    Who is heard now may have learnt from that month: then it is compared all the same, to its advantage.
    """
    for name in sorted(month for month in months if month > until):
        if months[name]["overall"]["judged"] < ENOUGH_JUDGED:
            continue
        if others is None:
            return name, months[name], None
        if name in others:
            return name, months[name], others[name]
    return None


def groups_compared(month: Month) -> Sequence[str]:
    return [name for name, figures in sorted(month["groups"].items()) if says_something(figures)]
