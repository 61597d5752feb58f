from yidang.kernel.errors import Conflict


class OutputNotEmpty(Conflict):
    def __init__(self, *, folder: str) -> None:
        super().__init__("claims_output_not_empty", folder=folder)
