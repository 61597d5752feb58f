"""How large a sample is, when it holds, and which step follows which."""

import random
from collections.abc import Mapping, Sequence
from math import ceil
from typing import TypeVar

T = TypeVar("T")
LINKING = "linking"
INDICATORS = ("resolution", "skew", "order", "complete", LINKING, "description")
# Where an accession may go from where it stands. What is returned begins anew.
NEXT: Mapping[str, frozenset[str]] = {
    "linked": frozenset({"screened"}),
    "screened": frozenset({"sampled", "returned", "screened"}),
    "sampled": frozenset({"handed", "returned"}),
    "handed": frozenset({"accepted_by_third", "returned"}),
    "accepted_by_third": frozenset(),
    "returned": frozenset({"linked"}),
}


def may_follow(state: str, wanted: str) -> bool:
    return wanted in NEXT[state]


def sample_size(population: int, share: float, least: int) -> int:
    """Never below the share, never fewer than `least` where so many are there."""
    return min(population, max(least, ceil(population * share)))


def draw(population: Sequence[T], count: int, seed: str) -> list[T]:
    """The same seed and population draw the same sample, in the order of the population."""
    chosen = set(random.Random(seed).sample(range(len(population)), count))  # noqa: S311 - to be repeated, not secret
    return [one for place, one in enumerate(population) if place in chosen]


def rates(faults: Sequence[Sequence[str]]) -> dict[str, float]:
    """Of each indicator: the share of looked-at items in which it held."""
    looked_at = len(faults)
    return {
        indicator: 1.0 if not looked_at else sum(indicator not in some for some in faults) / looked_at
        for indicator in INDICATORS
    }


def holds(found: Mapping[str, float], *, linking: float, others: float) -> bool:
    """DA/T 31-2017: catalogue and images match throughout, all else at a lower rate."""
    return all(rate >= (linking if name == LINKING else others) for name, rate in found.items())
