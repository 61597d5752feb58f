"""Refusals of this room."""

from yidang.kernel.errors import Conflict


class StepOutOfOrder(Conflict):
    """The accession is not where this step begins."""

    def __init__(self, state: str) -> None:
        super().__init__("check_step_wrong", state=state)
