"""The way of a loan: one small class for each state, with the steps that lead out of it."""

from typing import ClassVar

from yidang.access.lending.models import Loan, LoanState
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Conflict


class State:
    """`steps`: what can be done next, and what it asks for; None where only the borrower may."""

    code: ClassVar[str]
    steps: ClassVar[dict[str, Permission | None]] = {}

    def require(self, step: str, grant: Grant) -> None:
        """Raises Conflict: `loan_step_wrong` out of turn. NotAllowed: `not_allowed`."""
        if step not in self.steps:
            raise Conflict("loan_step_wrong", state=self.code)
        if (wanted := self.steps[step]) is not None:
            grant.require(wanted)


class Asked(State):
    code = LoanState.ASKED
    steps: ClassVar = {"decide": Permission.APPROVE_LOAN, "withdraw": None}


class Reading(State):
    code = LoanState.READING
    steps: ClassVar = {"end": None}


class Ready(State):
    code = LoanState.READY
    steps: ClassVar = {"hand_over": Permission.HAND_OVER_LOAN, "withdraw": None}


class Out(State):
    code = LoanState.OUT
    steps: ClassVar = {"take_back": Permission.HAND_OVER_LOAN, "chase": Permission.HAND_OVER_LOAN}


class Over(State):
    code = LoanState.OVER
    steps: ClassVar = {"tell_effect": None}


class Closed(State):
    code = LoanState.CLOSED


class Refused(State):
    code = LoanState.REFUSED


class Withdrawn(State):
    code = LoanState.WITHDRAWN


class Lapsed(State):
    code = LoanState.LAPSED


_ALL: tuple[type[State], ...] = (Asked, Reading, Ready, Out, Over, Closed, Refused, Withdrawn, Lapsed)
_STATES = {kind.code: kind() for kind in _ALL}
SCREEN_WAY = (LoanState.ASKED, LoanState.READING, LoanState.OVER, LoanState.CLOSED)
PAPER_WAY = (LoanState.ASKED, LoanState.READY, LoanState.OUT, LoanState.OVER, LoanState.CLOSED)


def state_of(loan: Loan) -> State:
    return _STATES[loan.state]
