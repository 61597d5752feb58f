"""The way of a transfer: one small class for each state, with the step that leads out of it."""

from typing import ClassVar

from yidang.disposition.transfers.models import Transfer, TransferState
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Conflict


class State:
    """`permission` is what its step asks for; blank steps are the machine's."""

    code: ClassVar[str]
    step: ClassVar[str] = ""
    permission: ClassVar[Permission | None] = None
    can_be_withdrawn: ClassVar[bool] = False
    has_package: ClassVar[bool] = False

    def require(self, step: str, grant: Grant) -> None:
        """Raises NotAllowed: `not_allowed`. Conflict: `transfer_step_wrong`."""
        if self.permission is not None and step == self.step:
            grant.require(self.permission)
        if step != self.step:
            raise Conflict("transfer_step_wrong", state=self.code)


class Proposed(State):
    code, step, permission = TransferState.PROPOSED, "approve", Permission.APPROVE_TRANSFER
    can_be_withdrawn = True


class Approved(State):
    code, step, permission = TransferState.APPROVED, "pack", Permission.TRANSFER_RECORDS
    can_be_withdrawn = True


class Packed(State):
    code, step, permission = TransferState.PACKED, "hand_over", Permission.TRANSFER_RECORDS
    can_be_withdrawn = has_package = True


class HandedOver(State):
    code, step, permission = TransferState.HANDED_OVER, "record_receipt", Permission.TRANSFER_RECORDS
    can_be_withdrawn = has_package = True


class Received(State):
    code = TransferState.RECEIVED


class Withdrawn(State):
    code = TransferState.WITHDRAWN


WAY: tuple[type[State], ...] = (Proposed, Approved, Packed, HandedOver, Received)
_ALL: tuple[type[State], ...] = (*WAY, Withdrawn)
_STATES = {kind.code: kind() for kind in _ALL}


def state_of(found: Transfer) -> State:
    return _STATES[found.state]
