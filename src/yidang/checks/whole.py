"""What a check of the whole looks at, and what it can answer."""

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import ceil
from typing import Any
from uuid import UUID

from yidang.checks.catalogue import Stage, limits
from yidang.checks.records import Flaw, Record, Registered


@dataclass
class Whole:
    """All records of one run, and what is known about where they come from. `seed` says which sample is drawn."""

    stage: Stage
    records: Sequence[Record]
    registered: Registered | None
    seed: str
    duplicated: Mapping[UUID, str] = field(default_factory=dict)

    @cached_property
    def filed(self) -> Sequence[Record]:
        return [record for record in self.records if record.is_filed]

    @cached_property
    def sample(self) -> Sequence[Record]:
        """Whose stored content is opened: the rest is what the scrub reads through."""
        measures = limits()["content"]
        there = [record for record in self.filed if record.files]
        wanted = max(measures["least_items"], ceil(len(there) * measures["share"]))
        count = min(len(there), wanted, measures["most_items"])
        return random.Random(self.seed).sample(there, count)  # noqa: S311 - a sample, not a secret


@dataclass(frozen=True, slots=True)
class Told:
    """`not_run`: a message code that says why there is no verdict; blank when there is one."""

    looked_at: int = 0
    flaws: Sequence[Flaw] = ()
    not_run: str = ""
    evidence: Mapping[str, Any] = field(default_factory=dict)


def not_run(why: str, **evidence: Any) -> Told:
    return Told(not_run=why, evidence=evidence)


def each(records: Sequence[Record], check: Callable[[Record], Flaw | None], **evidence: Any) -> Told:
    """One look at each of some records."""
    flaws = [flaw for record in records if (flaw := check(record))]
    return Told(looked_at=len(records), flaws=flaws, evidence=evidence)
