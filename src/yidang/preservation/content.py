"""One way to the bytes of an original file, wherever its item stands."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import BytesIO
from typing import BinaryIO, cast
from uuid import UUID

from yidang.kernel.errors import NotFound
from yidang.preservation import repository, staging

_ITEM = re.compile(r"item:([0-9a-f-]{36})/([0-9]+)")
_ROOM = 16 * 1024 * 1024  # bytes remembered at once
_remembered: ContextVar[dict[str, bytes] | None] = ContextVar("remembered", default=None)


def staged(staging_id: str) -> str:
    """The locator of a file not yet filed."""
    return f"staged:{staging_id}"


def filed(object_id: UUID, ordinal: int) -> str:
    """The locator of an original file of a filed item."""
    return f"item:{object_id}/{ordinal}"


@contextmanager
def remembering() -> Iterator[None]:
    """Within it, whole files given to `remember` are opened from memory: one look, one decryption."""
    token = _remembered.set({})
    try:
        yield
    finally:
        _remembered.reset(token)


def remember(locator: str, plain: bytes) -> None:
    """What never changes behind its locator, as staged files never do; outside `remembering` it is forgotten."""
    known = _remembered.get()
    if known is not None and len(plain) + sum(map(len, known.values())) <= _ROOM:
        known[locator] = plain


def open_content(locator: str) -> BinaryIO:
    """Seekable plaintext of `staged:<staging id>` or `item:<uuid>/<ordinal>` (the head version).

    Raises NotFound `locator_unknown`, and what `staging.open` and `repository.open_content` raise.
    """
    plain = (_remembered.get() or {}).get(locator)
    if plain is not None:
        return BytesIO(plain)
    if locator.startswith("staged:"):
        return cast("BinaryIO", staging.open(locator.removeprefix("staged:")))
    match = _ITEM.fullmatch(locator)
    if match is None:
        raise NotFound("locator_unknown")
    return cast("BinaryIO", repository.open_content(UUID(match[1]), f"original/{match[2]}"))
