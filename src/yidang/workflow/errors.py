"""What a channel says when a message did not arrive."""

from yidang.kernel.errors import DomainError


class Undelivered(DomainError):
    """`is_permanent` carries the one decision the outbox needs: whether trying again can help."""

    def __init__(self, code: str, *, is_permanent: bool, status: int | None = None) -> None:
        super().__init__(code)
        self.is_permanent = is_permanent
        self.status = status
