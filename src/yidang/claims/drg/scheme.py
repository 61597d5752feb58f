"""A grouping scheme: all its tables as rows, with the version they came in."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Version:
    """`verified` is empty where nobody compared the tables with the official print.

    `only_main_operation`: the first operation of a case alone decides, not the highest group any of them leads to.
    """

    code: str
    name: str
    version: str
    source: str
    verified: str
    effective_from: date
    approved_by: str = ""
    only_main_operation: bool = False

    @property
    def is_verified(self) -> bool:
        return bool(self.verified)


@dataclass(frozen=True)
class Mdc:
    """`sex`: 1 or 2 where the category is of one sex alone."""

    code: str
    name: str
    sex: int = 0


@dataclass(frozen=True)
class Adrg:
    """`kind`: operation, procedure or medical. The order of the rows is the order of asking.

    Weights of the newborn in grams, from and below; 0 where it does not matter.
    """

    code: str
    name: str
    mdc: str
    kind: str
    sex: int = 0
    age_from: int = 0
    age_until: int = 200
    weight_from: int = 0
    weight_until: int = 0


@dataclass(frozen=True)
class Listed:
    """A code (`*` at its end: all that begin so) on the list of `target`; `part` where two operations are needed."""

    code: str
    target: str
    part: int = 1


@dataclass(frozen=True)
class Complicating:
    """`level` is MCC or CC; `exclusion` names the list of main diagnoses beside which it does not count."""

    code: str
    level: str
    exclusion: str = ""


@dataclass(frozen=True)
class Drg:
    """Weight relative to the average case; `severity`: 1 MCC, 3 CC, 5 none, 7 died or moved, 9 undivided."""

    code: str
    adrg: str
    severity: int
    name: str
    weight: float
    benchmark_fen: int = 0
    benchmark_days: float = 0.0


@dataclass
class Scheme:
    """`barred`: codes no case may have as its main diagnosis. `notes`: what the tables left to be derived."""

    version: Version
    mdcs: list[Mdc]
    adrgs: list[Adrg]
    mdc_diagnoses: list[Listed]
    adrg_operations: list[Listed]
    adrg_diagnoses: list[Listed]
    drgs: list[Drg]
    complications: list[Complicating] = field(default_factory=list)
    exclusions: list[Listed] = field(default_factory=list)
    trauma: list[Listed] = field(default_factory=list)
    supports: list[Listed] = field(default_factory=list)
    barred: list[Listed] = field(default_factory=list)
    notes: list[str] = field(default_factory=list, compare=False)

    def supported_by(self) -> dict[str, set[str]]:
        """By the beginning of a complication: the items that speak for it."""
        found: dict[str, set[str]] = {}
        for row in self.supports:
            found.setdefault(row.code.rstrip("*"), set()).add(row.target)
        return found
