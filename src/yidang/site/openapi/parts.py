"""What each room says of its own JSON routes, in its `api.toml`.

[[route]]
name = "intake:open"            as in the map of routes
method = "post"
summary = "Open an accession"
form = { series = "string", year = "integer" }       or body = "SchemaName", media = "application/octet-stream"
query = { format = "string" }
optional = ["year"]             fields of the form, or of the query, that may be left out
answer = "Opened"               a schema below; media_out where the answer is no JSON
status = 201                    200 unless said
refusals = [409, 422]           beside those every route may give
key = "business"                how who has no session proves who asks

[schema.Opened]                 JSON Schema, written as TOML
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Described:
    name: str
    method: str
    summary: str
    room: str
    answer: str = ""
    status: int = 200
    media_out: str = "application/json"
    form: Mapping[str, Any] = field(default_factory=dict)
    query: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, Any] = field(default_factory=dict)
    optional: tuple[str, ...] = ()
    body: str = ""
    media: str = "application/json"
    refusals: tuple[int, ...] = ()
    also: tuple[int, ...] = ()
    key: str = ""


@cache
def described() -> list[Described]:
    return [_described(room, one) for room, content in _parts().items() for one in content.get("route", [])]


def _described(room: str, given: Mapping[str, Any]) -> Described:
    lists = {name: tuple(given[name]) for name in ("optional", "refusals", "also") if name in given}
    return Described(**{**given, **lists, "room": room})


@cache
def schemas() -> dict[str, Any]:
    return {name: schema for content in _parts().values() for name, schema in content.get("schema", {}).items()}


@cache
def keys() -> dict[str, Any]:
    """The ways to prove who asks: security schemes of OpenAPI, by their name."""
    return {name: scheme for content in _parts().values() for name, scheme in content.get("key", {}).items()}


def _parts() -> dict[str, dict[str, Any]]:
    found = {}
    for room in sorted(files("yidang").iterdir(), key=lambda one: one.name):
        source = room / "api.toml"
        if source.is_file():
            found[room.name] = tomllib.loads(source.read_text(encoding="utf-8"))
    return found
