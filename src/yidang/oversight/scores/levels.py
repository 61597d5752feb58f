"""What is scored: each level with its features and who its peers are, from its folder of the book."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

NAMES = ("claim", "doctor", "person", "provider", "pharmacy")
_OWN = "zh"


@dataclass(frozen=True, slots=True)
class Level:
    """`finding`: the level of the doubts it raises. `baseline`: the feature that a model must outdo.

    `peers`: names of the
    rings around a row, nearest first. `propose`: how many doubts of one month a model lays on the desk.
    """

    name: str
    titles: Mapping[str, str]
    peers: Sequence[Mapping[str, str]]
    finding: str
    baseline: str
    propose: int
    features: Mapping[str, Mapping[str, str]]
    sql: str

    @property
    def columns(self) -> Sequence[str]:
        return tuple(self.features)

    def title(self, language: str) -> str:
        return self.titles.get(language, self.titles[_OWN])

    def peers_named(self, ring: int, language: str) -> str:
        return self.peers[ring].get(language, self.peers[ring][_OWN])

    def named(self, feature: str, language: str) -> str:
        """A feature that a former version of the book had is called by its code."""
        known = self.features.get(feature, {})
        return known.get(language, feature)


@cache
def level_of(name: str) -> Level:
    told = tomllib.loads(_text(f"{name}/level.toml"))
    return Level(
        name=name,
        titles={"zh": told["zh"], "en": told["en"]},
        peers=told["peers"],
        finding=told["finding"],
        baseline=told["baseline"],
        propose=told["propose"],
        features=told["features"],
        sql=_text(f"{name}/features.sql"),
    )


def levels() -> tuple[Level, ...]:
    return tuple(level_of(name) for name in NAMES)


def pairs_sql(support: int, lift: float) -> str:
    return _text("pairs.sql").format(support=support, lift=lift)


def _text(name: str) -> str:
    return files(__package__).joinpath("book", name).read_text(encoding="utf-8")
