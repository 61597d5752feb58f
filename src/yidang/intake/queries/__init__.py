"""Reads of intake."""

from yidang.intake.queries.receipts import receipt
from yidang.intake.queries.reports import Problem, Progress, problem_of, problems, progress, report
from yidang.intake.queries.waiting import next_waiting, quarantined_files, waiting_items

__all__ = [
    "Problem",
    "Progress",
    "next_waiting",
    "problem_of",
    "problems",
    "progress",
    "quarantined_files",
    "receipt",
    "report",
    "waiting_items",
]
