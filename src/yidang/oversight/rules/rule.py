"""A rule of the book and what its folder says of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from yidang.oversight.rules.parameters import Parameter

# What the national rule base says of each of its rules.
NATIONAL = (
    "定义", "逻辑", "运行结果类型", "时间区间", "机构级别", "机构类型",
    "人员", "应用场景", "费用类型", "监管环节", "险种",
)  # fmt: skip
VIOLATION, DOUBT = "明确违规", "可疑"


class Status(StrEnum):
    DRAFT = "draft"  # not run
    SHADOW = "shadow"  # run and counted, nobody's work
    ACTIVE = "active"


class Returns(StrEnum):
    LINE = "line"
    CLAIM = "claim"  # its money is shared among the lines of the claim


@dataclass(frozen=True, slots=True)
class Citation:
    """`violation` is a row of the catalogue of behaviours; `confidence` says how well the text is known."""

    law: str
    article: str
    violation: str
    confidence: str
    source: str


@dataclass(frozen=True, slots=True)
class Case:
    """A small world in tables. `hits` are the lines (or the claims) the rule must name, and it may name no other."""

    kind: str
    says: str
    tables: Mapping[str, list[dict[str, Any]]]
    hits: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """`official_code` is empty where none was found. `lookback` and `lookahead` count months of settlement.

    `needs` names the kinds of knowledge without which no claim can be hit: `limits:sex`.
    """

    id: str
    slug: str
    title: str
    official_code: str
    official_code_confidence: str
    version: str
    status: Status
    valid_from: date
    valid_until: date | None
    returns: Returns
    lookback: int
    lookahead: int
    step: str
    needs: tuple[str, ...]
    national: Mapping[str, str]
    citation: Citation
    parameters: Mapping[str, Parameter]
    explanation: str
    exceptions: tuple[str, ...]
    sql: str
    cases: tuple[Case, ...]
    knowledge: Mapping[str, list[dict[str, Any]]]

    @property
    def is_violation(self) -> bool:
        return self.national["运行结果类型"] == VIOLATION

    @property
    def stages(self) -> tuple[str, ...]:
        return tuple(self.national["监管环节"].split("|"))

    def text(self) -> str:
        """The SQL with its parameters filled in."""
        return self.sql.format(**self.parameters)
