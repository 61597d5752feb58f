"""The way of a destruction list: one small class for each state, with the one step that leads out of it."""

from typing import ClassVar

from yidang.disposition.models import DestructionList, ListState
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Conflict


class State:
    """`permission` is what its step asks for; blank steps are taken by the clock."""

    code: ClassVar[str]
    step: ClassVar[str] = ""
    permission: ClassVar[Permission | None] = None
    can_be_withdrawn: ClassVar[bool] = False

    def require(self, step: str, grant: Grant) -> None:
        """Raises NotAllowed: `not_allowed`. Conflict: `list_step_wrong` when the list is not at that step."""
        if self.permission is not None and step == self.step:
            grant.require(self.permission)
        if step != self.step:
            raise Conflict("list_step_wrong", state=self.code)


class Drawn(State):
    code, step, permission = ListState.DRAWN, "put_on_record", Permission.FILE_DESTRUCTION
    can_be_withdrawn = True


class OnRecord(State):
    code, step, permission = ListState.ON_RECORD, "approve", Permission.APPROVE_DESTRUCTION
    can_be_withdrawn = True


class Waiting(State):
    code, step, permission = ListState.WAITING, "witness", Permission.WITNESS_DESTRUCTION
    can_be_withdrawn = True


class Witnessed(State):
    code, step, permission = ListState.WITNESSED, "carry_out", Permission.CARRY_OUT_DESTRUCTION
    can_be_withdrawn = True


class Destroying(State):
    code, step = ListState.DESTROYING, "complete"


class Destroyed(State):
    code = ListState.DESTROYED


class Withdrawn(State):
    code = ListState.WITHDRAWN


WAY: tuple[type[State], ...] = (Drawn, OnRecord, Waiting, Witnessed, Destroying, Destroyed)
_ALL: tuple[type[State], ...] = (*WAY, Withdrawn)
_STATES = {kind.code: kind() for kind in _ALL}


def state_of(found: DestructionList) -> State:
    return _STATES[found.state]
