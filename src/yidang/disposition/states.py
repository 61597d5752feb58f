"""The way of a destruction list: one small class for each state, with the one step that leads out of it."""

from yidang.disposition.models import DestructionList, ListState
from yidang.disposition.steps import State
from yidang.identity.policy import Permission


class OfList(State):
    refusal = "list_step_wrong"


class Drawn(OfList):
    code, step, permission = ListState.DRAWN, "put_on_record", Permission.FILE_DESTRUCTION
    can_be_withdrawn = True


class OnRecord(OfList):
    code, step, permission = ListState.ON_RECORD, "approve", Permission.APPROVE_DESTRUCTION
    can_be_withdrawn = True


class Waiting(OfList):
    code, step, permission = ListState.WAITING, "witness", Permission.WITNESS_DESTRUCTION
    can_be_withdrawn = True


class Witnessed(OfList):
    code, step, permission = ListState.WITNESSED, "carry_out", Permission.CARRY_OUT_DESTRUCTION
    can_be_withdrawn = True


class Destroying(OfList):
    code, step = ListState.DESTROYING, "complete"


class Destroyed(OfList):
    code = ListState.DESTROYED


class Withdrawn(OfList):
    code = ListState.WITHDRAWN


WAY: tuple[type[OfList], ...] = (Drawn, OnRecord, Waiting, Witnessed, Destroying, Destroyed)
_ALL: tuple[type[OfList], ...] = (*WAY, Withdrawn)
_STATES = {kind.code: kind() for kind in _ALL}


def state_of(found: DestructionList) -> OfList:
    return _STATES[found.state]
