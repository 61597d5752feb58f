"""The way of a case, and what a decision may cost."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

# 条例 29: no fewer than two inspectors.
LEAST_INSPECTORS = 2
# From which states a step leads on.
STEPS: Mapping[str, tuple[str, ...]] = {
    "ask": ("opened", "papers_asked", "answered", "heard"),
    "answer": ("papers_asked", "heard", "proposed"),  # a hearing takes nobody's days to answer away
    "hear": ("opened", "papers_asked", "answered", "heard"),
    "propose": ("heard", "proposed"),
    "decide": ("proposed",),
    "notify": ("decided", "notified", "recovering"),
    "plan": ("notified", "recovering"),
    "pay": ("notified", "recovering"),
    "refund": ("notified", "recovering", "overturned"),
    "overturn": ("decided", "notified", "recovering", "closed"),
    "close": ("notified", "recovering", "dismissed", "overturned"),
}

Band = tuple[Decimal, Decimal]


def allows(step: str, state: str) -> bool:
    return state in STEPS[step]


def fits(ratio: Decimal, band: Band | None) -> bool:
    """Whether a fine of so many times the loss lies within what the regulation sets; no fine always does."""
    if ratio == 0:
        return True
    return band is not None and band[0] <= ratio <= band[1]


def fine_fen(loss_fen: int, ratio: Decimal) -> int:
    return int((Decimal(loss_fen) * ratio).quantize(Decimal(1), ROUND_HALF_UP))


def covers(amounts: Sequence[int], due_fen: int) -> bool:
    """Whether instalments, each of some money, make up exactly what is due."""
    return bool(amounts) and all(amount > 0 for amount in amounts) and sum(amounts) == due_fen


def behind_fen(instalments: Sequence[tuple[date, int]], paid_fen: int, on: date) -> int:
    """What should have come by that day and has not."""
    return max(sum(amount for due, amount in instalments if due <= on) - paid_fen, 0)
