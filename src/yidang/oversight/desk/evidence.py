"""What is sealed in a finding, opened."""

from dataclasses import dataclass
from typing import Any

from yidang.crypto.fields import open_json
from yidang.oversight.desk.models import Finding


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    line: int
    amount_fen: int
    item: str
    served_at: str
    quantity: float


@dataclass(frozen=True, slots=True)
class Evidence:
    """`facts`: what the rule or the model gave to compare, by its own names."""

    text: str
    facts: dict[str, Any]
    lines: tuple[EvidenceLine, ...]


def evidence_of(finding: Finding) -> Evidence:
    opened = open_json(bytes(finding.sealed_evidence), table="oversight_finding", row=str(finding.id), field="evidence")
    return Evidence(opened["text"], opened["facts"], tuple(EvidenceLine(*line) for line in opened["lines"]))
