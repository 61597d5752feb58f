"""The API described: completely, truly, and no more than there is."""

import ast
import inspect
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FunctionType

import pytest
from django.test import Client

from yidang.site.openapi.describing import description
from yidang.site.openapi.parts import described
from yidang.site.openapi.routes import routes

ROOT = Path(__file__).resolve().parents[2]
ROUTES = {route.name: route for route in routes()}


def speaks_json(view) -> bool:
    return any("JsonResponse(" in text or '"application/json",' in text for text in sources(view, set()))


def sources(view: FunctionType, seen: set[FunctionType]) -> Iterator[str]:
    """The view's own source and that of whatever it calls in modules of views."""
    view = inspect.unwrap(view)
    if view in seen or not isinstance(view, FunctionType):
        return
    seen.add(view)
    text = source(view)
    yield text
    for name in {node.id for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)}:
        helper = view.__globals__.get(name)
        if isinstance(helper, FunctionType) and "view" in helper.__module__:
            yield from sources(helper, seen)


@cache
def source(view: FunctionType) -> str:
    return textwrap.dedent(inspect.getsource(view))


def test_every_route_that_speaks_json_is_described():
    speaking = {name for name, route in ROUTES.items() if speaks_json(route.view) or route.path.startswith("/api/")}
    assert len(speaking) > 12
    assert not speaking - {one.name for one in described()}, "describe these in the room's api.toml"


def test_what_is_described_exists():
    assert not {one.name for one in described()} - set(ROUTES)


@pytest.mark.parametrize("one", described(), ids=lambda one: f"{one.name}-{one.method}")
def test_every_schema_a_route_names_is_there(one):
    known = description()["components"]["schemas"]
    kinds = [one.answer, one.body, *one.form.values(), *one.query.values()]
    named = {kind for kind in kinds if isinstance(kind, str) and kind[:1].isupper()}
    assert named <= set(known)


def test_the_description_is_open_and_names_no_record(db, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "whitenoise" not in name]
    answer = Client().get("/api/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"] == "3.1.0"
    assert answer.json() == description()


def test_who_is_signed_in_by_cookie_sends_the_token_too():
    operation = description()["paths"]["/accessions/open/"]["post"]
    assert operation["security"] == [{"session": [], "token": []}]
    assert {"201", "302", "403", "422"} <= set(operation["responses"])


def test_the_page_of_the_api_is_current():
    tool = ROOT / "tools" / "api_docs.py"
    written = subprocess.run([sys.executable, tool, "--print"], capture_output=True, text=True, check=True).stdout
    assert (ROOT / "docs" / "api.md").read_text(encoding="utf-8") == written, "run `make docs`"
