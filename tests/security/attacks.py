"""What the attacks on the pages share: the routes with their arguments, and every parameter a view reads."""

import re
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID, uuid4

from django.urls import reverse
from django.urls.converters import UUIDConverter

from access.test_matrix import ARGUMENTS, CLOSED, ITEM, ROUTES, Route

SOURCE = Path(__file__).resolve().parents[2] / "src" / "yidang"
CLOSED_NAMES = {route.name for route in CLOSED}
_READS = re.compile(r"""(?:GET|POST|params|given|data)(?:\.get|\.getlist)?[\[(]["']([a-z_]+)["']""")
_FIELDS = re.compile(r"""^    ([a-z_]+) = (?:forms\.)?\w*Field\(""", re.MULTILINE)
_NAMED = re.compile(r"""\bname="([a-z_]+)\"""")


def parameters() -> set[str]:
    """Every name a view or form reads, from the source itself, so that a new one is attacked without being listed."""
    found = {"q", "next", "page"}
    for path in SOURCE.rglob("*.py"):
        if "migrations" not in path.parts:
            text = path.read_text(encoding="utf-8")
            found |= set(_READS.findall(text)) | (set(_FIELDS.findall(text)) if "forms" in path.name else set())
    for path in SOURCE.rglob("templates/**/*.html"):
        found |= set(_NAMED.findall(path.read_text(encoding="utf-8")))
    return found - {"viewport", "csrfmiddlewaretoken"}


PARAMETERS = sorted(parameters())


def urls(item: UUID, routes: list[Route] = ROUTES) -> Iterator[tuple[Route, str]]:
    """The item's own address where a route has one; elsewhere something nobody knows."""
    for route in routes:
        given = {name: item if name == ITEM else _made_up(route, name) for name in route.arguments}
        yield route, reverse(route.name, kwargs=given)


def _made_up(route: Route, name: str) -> object:
    if isinstance(route.pattern.pattern.converters[name], UUIDConverter):
        return uuid4()
    return ARGUMENTS.get(name, 1)
