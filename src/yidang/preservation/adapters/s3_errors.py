"""The engine's troubles told in the room's own words."""

from collections.abc import Iterator
from contextlib import contextmanager

from yidang.kernel.errors import DomainError, Unavailable

_MISSING = {"404", "NoSuchKey", "NotFound"}
_LOST_RACE = {"PreconditionFailed", "ConditionalRequestConflict"}
_FORBIDDEN = {"AccessDenied", "403", "Forbidden", "MethodNotAllowed"}
_FULL = {"QuotaExceeded", "XMinioStorageFull", "EntityTooLarge", "InsufficientStorage"}


class S3Errors:
    @contextmanager
    def told(
        self, *, on_missing: DomainError | None = None, on_precondition: DomainError | None = None
    ) -> Iterator[None]:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            yield
        except ClientError as problem:
            code = str(problem.response.get("Error", {}).get("Code", ""))
            if on_missing is not None and code in _MISSING:
                raise on_missing from None
            if on_precondition is not None and code in _LOST_RACE:
                raise on_precondition from None
            raise _unavailable(code) from problem
        except (BotoCoreError, OSError) as problem:
            raise Unavailable("store_unreachable", problem=type(problem).__name__) from problem


def _unavailable(code: str) -> Unavailable:
    if code in _FULL:
        return Unavailable("store_full")
    if code in _FORBIDDEN:
        return Unavailable("store_read_only")
    return Unavailable("store_unreachable", problem=code)
