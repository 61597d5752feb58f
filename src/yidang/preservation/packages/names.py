"""Which paths may stand in a package."""

import re

_DRIVE = re.compile(r"[A-Za-z]:")


def is_unsafe(path: str) -> bool:
    """Whether unpacking it as it is named would leave the folder, or cannot be done on every system."""
    parts = path.split("/")
    return (
        not path
        or path.startswith(("/", "~", "\\"))
        or _DRIVE.match(path) is not None
        or ".." in parts
        or ".." in path.split("\\")
        or "\0" in path
    )


def plain(path: str) -> str:
    """Without `./` and doubled slashes."""
    return "/".join(part for part in path.split("/") if part not in {"", "."})
