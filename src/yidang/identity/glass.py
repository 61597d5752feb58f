"""What emergency access a person has at this moment."""

import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files
from uuid import UUID

from yidang.identity.glass_models import BrokenGlass
from yidang.identity.reaches import EMERGENCY, Reach
from yidang.kernel.clock import now


@cache
def rules() -> dict[str, int]:
    """minutes, most_a_day, shortest_reason, review_days of `data/policy.toml`."""
    text = files("yidang.identity").joinpath("data/policy.toml").read_text(encoding="utf-8")
    found: dict[str, int] = tomllib.loads(text)["break_glass"]
    return found


def emergency_reaches(staff_id: UUID) -> tuple[Reach, ...]:
    """One person each, of every sensitivity: an emergency does not ask for the class."""
    open_ones = BrokenGlass.objects.filter(staff=staff_id, until__gt=now()).values_list("person", "until")
    return tuple(Reach(persons=frozenset({person}), purpose=EMERGENCY, until=until) for person, until in open_ones)


def broken_today(staff_id: UUID) -> int:
    return BrokenGlass.objects.filter(staff=staff_id, broken_at__gt=now() - timedelta(days=1)).count()
