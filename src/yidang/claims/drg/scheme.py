"""A grouping scheme: all its tables as rows, with the version they came in."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Version:
    """`verified` is empty where nobody compared the tables with the official print."""

    code: str
    name: str
    version: str
    source: str
    verified: str
    effective_from: date
    approved_by: str = ""

    @property
    def is_verified(self) -> bool:
        return bool(self.verified)


@dataclass(frozen=True)
class Mdc:
    code: str
    name: str


@dataclass(frozen=True)
class Adrg:
    """`kind`: operation, procedure or medical. The order of the rows is the order of asking."""

    code: str
    name: str
    mdc: str
    kind: str
    sex: int = 0
    age_from: int = 0
    age_until: int = 200


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

    def supported_by(self) -> dict[str, set[str]]:
        """By the beginning of a complication: the items that speak for it."""
        found: dict[str, set[str]] = {}
        for row in self.supports:
            found.setdefault(row.code.rstrip("*"), set()).add(row.target)
        return found
