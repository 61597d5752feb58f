"""One small family of errors: an error carries a code and facts, never prose.

The texts in both languages stand in the room's `messages.toml`; the HTTP status of each family in `site.http`.
"""


class DomainError(Exception):
    """Something a user or a caller can act on. `code` is a key of the message catalogue."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        # Facts may name people or files: they are shown to the user concerned, never logged.
        return self.code


class NotFound(DomainError):
    """There is no such thing, or the asker may not know of it."""


class NotAllowed(DomainError):
    """The asker's post does not allow it."""


class Conflict(DomainError):
    """The thing is not in a state that allows it."""


class Invalid(DomainError):
    """The input is wrong; the facts name file, row or field."""


class Unavailable(DomainError):
    """An engine is out of reach; `retryable` says whether trying again can help."""

    def __init__(self, code: str, *, retryable: bool = True, **facts: object) -> None:
        super().__init__(code, **facts)
        self.retryable = retryable
