"""Runs, doubts about settlements, what persons said of them, cases and what came back to the fund."""

from yidang.oversight.cases.models import (
    Case,
    CaseFile,
    CaseItem,
    CaseStep,
    Inspector,
    Instalment,
    PaperRequest,
    Payment,
)
from yidang.oversight.desk.models import (
    Finding,
    FindingLine,
    FindingState,
    Moment,
    Reading,
    RuleReview,
    Run,
    Verdict,
)
from yidang.oversight.knowledge.models import KnowledgeVersion
from yidang.oversight.scores.models import ModelKind, ModelState, ScoreModel

__all__ = [
    "Case",
    "CaseFile",
    "CaseItem",
    "CaseStep",
    "Finding",
    "FindingLine",
    "FindingState",
    "Inspector",
    "Instalment",
    "KnowledgeVersion",
    "ModelKind",
    "ModelState",
    "Moment",
    "PaperRequest",
    "Payment",
    "Reading",
    "RuleReview",
    "Run",
    "ScoreModel",
    "Verdict",
]
