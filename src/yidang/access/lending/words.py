"""The sealed words of a loan."""

from typing import Any
from uuid import UUID

from yidang.access.lending.models import Loan, LoanStep
from yidang.crypto.fields import open_json, seal_json

TABLE = "access_loan"
STEP = "access_loan_step"
LONGEST = 400


def shortened(text: str) -> str:
    return text.strip()[:LONGEST]


def seal_words(loan_id: UUID, words: dict[str, Any]) -> bytes:
    return seal_json(words, table=TABLE, row=str(loan_id), field="words")


def words_of(loan: Loan) -> dict[str, Any]:
    """{"reason", "reader", "codes": as they were typed, "unknown": those that no record has}; less after a rebuild."""
    found: dict[str, Any] = open_json(bytes(loan.sealed), table=TABLE, row=str(loan.id), field="words")
    return found


def notes_of(loan: Loan) -> dict[str, str]:
    """What was written about the paper's condition when it went and when it came."""
    if loan.sealed_condition is None:
        return {}
    found: dict[str, str] = open_json(bytes(loan.sealed_condition), table=TABLE, row=str(loan.id), field="condition")
    return found


def add_note(loan: Loan, when: str, text: str) -> None:
    if text.strip():
        notes = notes_of(loan) | {when: shortened(text)}
        loan.sealed_condition = seal_json(notes, table=TABLE, row=str(loan.id), field="condition")


def seal_reason(step: LoanStep, reason: str) -> bytes | None:
    return seal_json(shortened(reason), table=STEP, row=str(step.pk), field="reason") if reason.strip() else None


def reason_of(step: LoanStep) -> str:
    if step.sealed_reason is None:
        return ""
    return str(open_json(bytes(step.sealed_reason), table=STEP, row=str(step.pk), field="reason"))
