"""The browser libraries in this house, as their lock tells."""

import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, order=True)
class Library:
    package: str
    version: str
    licence: str


@cache
def libraries() -> list[Library]:
    lock = files("yidang.site").joinpath("static/vendor/vendor.lock").read_text(encoding="utf-8")
    return sorted({Library(entry["package"], entry["version"], entry["licence"]) for entry in json.loads(lock)})
