"""Files of packages that others made."""

import mimetypes
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import BinaryIO

from yidang.preservation.packages.parcel import ORIGINAL, Piece, role_of

UNKNOWN = "application/octet-stream"
_LONGEST_ENDING = 12


def media_type(name: str) -> str:
    return mimetypes.guess_type(name)[0] or UNKNOWN


def original_of(name: str, number: int, size: int, reach: Callable[[], BinaryIO], media: str = "") -> Piece:
    """Under a name that any system can unpack; what its maker called it stays its title."""
    ending = "".join(
        c for c in PurePosixPath(name).suffix[:_LONGEST_ENDING] if c.isascii() and (c.isalnum() or c == ".")
    )
    return Piece(ORIGINAL, f"original/{number:04d}{ending}", media or media_type(name), size, reach, title=name)


def own_piece(
    name: str, size: int, reach: Callable[[], BinaryIO], *, title: str = "", media: str = "", puid: str = ""
) -> Piece | None:
    """None for what no package of ours would hold there."""
    role = role_of(name)
    if role is None:
        return None
    return Piece(role, name, media or media_type(name), size, reach, title=title, puid=puid)
