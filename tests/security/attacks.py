"""What the attacks on the pages share: the routes with their arguments, and every parameter a view reads."""

import re
from collections import defaultdict
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


def parameters() -> dict[str, set[str]]:
    """Every name a view or form reads, room by room and from the source itself: a new one is attacked unlisted."""
    found: dict[str, set[str]] = defaultdict(lambda: {"q", "next", "page"})
    for path in SOURCE.rglob("*.py"):
        if "migrations" not in path.parts:
            text = path.read_text(encoding="utf-8")
            found[_room(path)] |= set(_READS.findall(text))
            found[_room(path)] |= set(_FIELDS.findall(text)) if "forms" in path.name else set()
    for path in SOURCE.rglob("templates/**/*.html"):
        found[_room(path)] |= set(_NAMED.findall(path.read_text(encoding="utf-8")))
    return {room: names - {"viewport", "csrfmiddlewaretoken"} for room, names in found.items()}


def _room(path: Path) -> str:
    return path.relative_to(SOURCE).parts[0]


OF_ROOMS = parameters()
PARAMETERS = sorted(set().union(*OF_ROOMS.values()))


def read_by(route: Route) -> set[str]:
    """The parameters that the route's own room reads; those of other rooms say nothing to it."""
    room = route.pattern.callback.__module__.split(".")[1]
    return OF_ROOMS[room]


def urls(item: UUID, routes: list[Route] = ROUTES) -> Iterator[tuple[Route, str]]:
    """The item's own address where a route has one; elsewhere something nobody knows."""
    for route in routes:
        given = {name: item if name == ITEM else _made_up(route, name) for name in route.arguments}
        yield route, reverse(route.name, kwargs=given)


def _made_up(route: Route, name: str) -> object:
    if isinstance(route.pattern.pattern.converters[name], UUIDConverter):
        return uuid4()
    return ARGUMENTS.get(name, 1)
