"""What lending makes known when the house starts."""

from yidang.access.lending.counter import DEADLINE
from yidang.access.lending.opening import lent_to
from yidang.identity import given
from yidang.identity.reaches import LOAN
from yidang.workflow.operations import register_deadline, register_notices


def register_all() -> None:
    given.register(LOAN, lent_to)
    register_notices("loan_allowed", "loan_refused", "loan_chased")
    register_deadline(DEADLINE)
