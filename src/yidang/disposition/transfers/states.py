"""The way of a transfer: one small class for each state, with the step that leads out of it."""

from typing import ClassVar

from yidang.disposition.steps import State
from yidang.disposition.transfers.models import Transfer, TransferState
from yidang.identity.policy import Permission


class OfTransfer(State):
    refusal = "transfer_step_wrong"
    has_package: ClassVar[bool] = False


class Proposed(OfTransfer):
    code, step, permission = TransferState.PROPOSED, "approve", Permission.APPROVE_TRANSFER
    can_be_withdrawn = True


class Approved(OfTransfer):
    code, step, permission = TransferState.APPROVED, "pack", Permission.TRANSFER_RECORDS
    can_be_withdrawn = True


class Packed(OfTransfer):
    code, step, permission = TransferState.PACKED, "hand_over", Permission.TRANSFER_RECORDS
    can_be_withdrawn = has_package = True


class HandedOver(OfTransfer):
    code, step, permission = TransferState.HANDED_OVER, "record_receipt", Permission.TRANSFER_RECORDS
    can_be_withdrawn = has_package = True


class Received(OfTransfer):
    code = TransferState.RECEIVED


class Withdrawn(OfTransfer):
    code = TransferState.WITHDRAWN


WAY: tuple[type[OfTransfer], ...] = (Proposed, Approved, Packed, HandedOver, Received)
_ALL: tuple[type[OfTransfer], ...] = (*WAY, Withdrawn)
_STATES = {kind.code: kind() for kind in _ALL}


def state_of(found: Transfer) -> OfTransfer:
    return _STATES[found.state]
