"""One way to the bytes of an original file, wherever its item stands."""

import re
from typing import BinaryIO, cast
from uuid import UUID

from yidang.kernel.errors import NotFound
from yidang.preservation import repository, staging

_ITEM = re.compile(r"item:([0-9a-f-]{36})/([0-9]+)")


def staged(staging_id: str) -> str:
    """The locator of a file not yet filed."""
    return f"staged:{staging_id}"


def filed(object_id: UUID, ordinal: int) -> str:
    """The locator of an original file of a filed item."""
    return f"item:{object_id}/{ordinal}"


def open_content(locator: str) -> BinaryIO:
    """Seekable plaintext of `staged:<staging id>` or `item:<uuid>/<ordinal>` (the head version).

    Raises NotFound `locator_unknown`, and what `staging.open` and `repository.open_content` raise.
    """
    if locator.startswith("staged:"):
        return cast("BinaryIO", staging.open(locator.removeprefix("staged:")))
    match = _ITEM.fullmatch(locator)
    if match is None:
        raise NotFound("locator_unknown")
    return cast("BinaryIO", repository.open_content(UUID(match[1]), f"original/{match[2]}"))
