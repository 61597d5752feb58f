"""The map of routes as OpenAPI writes it: `/items/{item_id}/proof.json`, and what each place in it may hold."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
_HOLDS: dict[str, dict[str, Any]] = {
    "uuid": {"type": "string", "format": "uuid"},
    "int": {"type": "integer", "minimum": 0, "maximum": 10**9},
    "slug": {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"},
    "path": {"type": "string", "minLength": 1},
    "str": {"type": "string", "pattern": "^[^/]+$"},
}


@dataclass(frozen=True, slots=True)
class Route:
    name: str
    path: str
    places: dict[str, dict[str, Any]]
    view: Callable[..., Any]


def routes() -> Iterator[Route]:
    return _below(get_resolver().url_patterns, "/", "")


def _below(patterns: list[Any], before: str, space: str) -> Iterator[Route]:
    for one in patterns:
        spelled = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _below(one.url_patterns, spelled, f"{space}{one.namespace}:" if one.namespace else space)
        elif isinstance(one, URLPattern):
            yield _route(space + (one.name or ""), spelled, one.callback)


def _route(name: str, spelled: str, view: Callable[..., Any]) -> Route:
    places = {place: _HOLDS[kind or "str"] for kind, place in _PLACE.findall(spelled)}
    return Route(name, _PLACE.sub(r"{\2}", spelled), places, view)
