"""The batch in the package, with its truth."""

import json
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any


def folder() -> Path:
    return Path(str(files("yidang.intake.samples") / "batch"))


def truth() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder() / "truth.json").read_text(encoding="utf-8"))
    return found


def shipped() -> Iterator[tuple[dict[str, Any], Path]]:
    """(truth entry, file) of every file in the batch."""
    for entry in truth()["files"]:
        yield entry, folder() / entry["file"]
