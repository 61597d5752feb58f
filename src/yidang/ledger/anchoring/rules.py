"""When a checkpoint is handed out, when that is late, and for how long a holder of the live key could have lied."""

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

FIRST_PAUSE, LONGEST_PAUSE = 2.0, 600.0
GRACE = 30.0  # what an answer may take beyond the round it belongs to
SHARE = 0.5  # of the time allowed has passed: now it presses


@cache
def delays() -> dict[str, int]:
    """Beginning of an action → seconds within which it must be anchored."""
    text = (files("yidang.ledger.anchoring") / "delays.toml").read_text(encoding="utf-8")
    return dict(tomllib.loads(text)["within"])


def allowed_delay(action: str) -> int | None:
    """By the longest beginning that fits; None where no time is set."""
    fitting = [start for start in delays() if action.startswith(start)]
    return delays()[max(fitting, key=len)] if fitting else None


def pause_after(failures: int) -> float:
    """Doubles from two seconds to ten minutes."""
    return float(min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** min(failures - 1, 20)))


@dataclass(frozen=True, slots=True)
class Pressing:
    """An entry not yet anchored whose action has a time of its own."""

    action: str
    at: datetime

    @property
    def allowed(self) -> float:
        return float(allowed_delay(self.action) or 0)

    def presses(self, now: datetime) -> bool:
        return (now - self.at).total_seconds() >= SHARE * self.allowed

    def is_late(self, now: datetime) -> bool:
        return (now - self.at).total_seconds() > self.allowed


def is_due(*, size: int, kept: int, kept_at: datetime | None, every: float, presses: bool, now: datetime) -> bool:
    """Something new is there, and the round is over or something presses."""
    if size <= kept:
        return False
    return presses or kept_at is None or (now - kept_at).total_seconds() >= every or now < kept_at


@dataclass(frozen=True, slots=True)
class Cover:
    """One record, as far as times go: from `at` on the first `size` entries were out of our hands."""

    size: int
    at: datetime
    first_new: int  # the first entry no earlier record of the same witness covered
    oldest_at: datetime | None  # when that entry was written


def exposures(covers: Sequence[Sequence[Cover]], needed: int) -> list[timedelta]:
    """For each first entry of a round: how long until `needed` witnesses had it. Those still waiting are left out."""
    starts = {one.first_new: one.oldest_at for of_one in covers for one in of_one if one.oldest_at is not None}
    found = []
    for position, written in sorted(starts.items()):
        times = sorted(filter(None, (_covered_at(position, of_one) for of_one in covers)))
        if written is not None and len(times) >= needed > 0:
            found.append(times[needed - 1] - written)
    return found


def _covered_at(position: int, covers: Iterable[Cover]) -> datetime | None:
    return min((one.at for one in covers if one.size > position), default=None)


def quorum_size(sizes: Iterable[int], needed: int) -> int:
    """The largest size that at least `needed` of them have reached."""
    ordered = sorted(sizes, reverse=True)
    return ordered[needed - 1] if 0 < needed <= len(ordered) else 0
