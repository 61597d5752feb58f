"""Reads of intake."""

from yidang.intake.queries.receipts import receipt
from yidang.intake.queries.reports import Problem, Progress, problems, progress, report

__all__ = ["Problem", "Progress", "problems", "progress", "receipt", "report"]
