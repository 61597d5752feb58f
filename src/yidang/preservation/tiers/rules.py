"""Which objects go to the cold store: by class, age and time since the last use."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from yidang.kernel.errors import Invalid

ANY = "*"
_LONGEST_YEARS, _LONGEST_DAYS = 200, 36500


@dataclass(frozen=True)
class Rule:
    """Of one class, or of any: cold from so many years after formation on, if nobody asked for it for so many days."""

    series: str
    min_age_years: int
    min_idle_days: int

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Facts:
    """`idle_days`: since the last use, or since filing where nobody used it."""

    series: str
    age_years: int
    idle_days: int
    is_kept_hot: bool = False  # the most sensitive class, what is held, what changes just now


def rule_for(rules: Sequence[Rule], series: str) -> Rule | None:
    """The class's own before the one for any."""
    own = [rule for rule in rules if rule.series == series]
    return next(iter(own or [rule for rule in rules if rule.series == ANY]), None)


def belongs_cold(rules: Sequence[Rule], facts: Facts) -> bool:
    rule = rule_for(rules, facts.series)
    if rule is None or facts.is_kept_hot:
        return False
    return facts.age_years >= rule.min_age_years and facts.idle_days >= rule.min_idle_days


def checked(rows: Iterable[Mapping[str, Any]]) -> list[Rule]:
    """Raises Invalid: `tier_rule_wrong`."""
    try:
        rules = [Rule(str(one["series"]), int(one["min_age_years"]), int(one["min_idle_days"])) for one in rows]
    except (KeyError, ValueError, TypeError):
        raise Invalid("tier_rule_wrong") from None
    is_twice = len({rule.series for rule in rules}) != len(rules)
    if not rules or is_twice or not all(_is_sane(rule) for rule in rules):
        raise Invalid("tier_rule_wrong")
    return rules


def _is_sane(rule: Rule) -> bool:
    return bool(rule.series) and 0 <= rule.min_age_years <= _LONGEST_YEARS and 0 <= rule.min_idle_days <= _LONGEST_DAYS
