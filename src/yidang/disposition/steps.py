"""One state on a way that people take step by step; each thing with such a way has its own small classes."""

from typing import ClassVar

from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Conflict


class State:
    """`step` is the one that leads out of it, `permission` what that asks for; blank steps the machine takes.

    `refusal` is the error of a step out of turn.
    """

    code: ClassVar[str]
    refusal: ClassVar[str]
    step: ClassVar[str] = ""
    permission: ClassVar[Permission | None] = None
    can_be_withdrawn: ClassVar[bool] = False

    def require(self, step: str, grant: Grant) -> None:
        """Raises NotAllowed: `not_allowed`. Conflict: `refusal`, when it is not at that step."""
        if self.permission is not None and step == self.step:
            grant.require(self.permission)
        if step != self.step:
            raise Conflict(self.refusal, state=self.code)
