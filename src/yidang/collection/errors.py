"""What only this room refuses."""

from yidang.kernel.errors import Conflict, DomainError, NotAllowed


class CaseDiffers(Conflict):
    """The same case number came with other contents than before."""


class TokenRefused(NotAllowed):
    """Unknown, revoked, or without the scope that is needed."""


class TooManyCalls(DomainError):
    """A business system asks more often than it may; `seconds` until it may again."""
