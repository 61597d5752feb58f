"""The whole description (OpenAPI 3.1), put together from the map of routes and what the rooms say."""

from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from django.conf import settings

from yidang.identity.access import entry_of
from yidang.site.openapi.parts import Described, described, keys, schemas
from yidang.site.openapi.routes import Route, routes

_REF = "#/components/schemas/"
_ERROR = {
    "type": "object",
    "required": ["code", "message"],
    "properties": {"code": {"type": "string"}, "message": {"type": "string"}},
}
_SESSION = {"type": "apiKey", "in": "cookie", "name": settings.SESSION_COOKIE_NAME}
_TOKEN = {"type": "apiKey", "in": "header", "name": "X-CSRFToken"}
_WORDS = {
    "title": "Yidang 医档",
    "description": (
        "Every route that speaks JSON. Ask with `Accept: application/json`, or a refusal comes as a page. "
        "Who is not signed in is led to the door (302) unless a route says otherwise."
    ),
}


def description() -> dict[str, Any]:
    return {
        "openapi": "3.1.0",
        "info": {**_WORDS, "version": version("yidang")},
        "tags": [{"name": room} for room in sorted({one.room for one in described()})],
        "paths": _paths(),
        "components": {
            "schemas": {"Error": _ERROR, **schemas()},
            "securitySchemes": {"session": _SESSION, "token": _TOKEN, **keys()},
        },
    }


def _paths() -> dict[str, dict[str, Any]]:
    known, paths = {route.name: route for route in routes()}, dict[str, dict[str, Any]]()
    for one in described():
        route = known[one.name]
        paths.setdefault(route.path, {})[one.method] = _operation(one, route)
    return dict(sorted(paths.items()))


def _operation(one: Described, route: Route) -> dict[str, Any]:
    operation = {
        "operationId": f"{one.name.replace(':', '_')}_{one.method}",
        "tags": [one.room],
        "summary": one.summary,
        "parameters": [*_places(route), *_given("query", one.query, one), *_given("header", one.headers, one)],
        "responses": _answers(one, route),
        "security": _security(one, route),
    }
    return operation | ({"requestBody": _body(one)} if one.body or one.form else {})


def _places(route: Route) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, "schema": holds} for name, holds in route.places.items()]


def _given(where: str, fields: Any, one: Described) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": where, "required": name not in one.optional, "schema": _schema(kind)}
        for name, kind in fields.items()
    ]


def _body(one: Described) -> dict[str, Any]:
    if one.body:
        return {"required": True, "content": {one.media: {"schema": _schema(one.body)}}}
    properties = {name: _schema(kind) for name, kind in one.form.items()}
    required = [name for name in one.form if name not in one.optional]
    form = {"type": "object", "properties": properties, "required": required}
    return {"required": True, "content": {"application/x-www-form-urlencoded": {"schema": form}}}


def _schema(said: Any) -> Any:
    """A schema of a room by its name (capitalised), a simple type by its own, or a whole schema as it stands."""
    if not isinstance(said, str):
        return said
    return {"$ref": _REF + said} if said[:1].isupper() else {"type": said}


def _answers(one: Described, route: Route) -> dict[str, Any]:
    entry = entry_of(route.view)
    is_open = bool(entry and entry.is_public)
    # A wanting form comes back as 400; a forged post and who may not ask as 403; what the route names, as it says.
    codes = {400, *one.refusals, *(set() if is_open else {302, 403}), *({403} if one.method == "post" else set())}
    codes |= {404} if route.places else set()
    answers = {str(code): _refusal(code) for code in sorted(codes | set(one.also))}
    content = {one.media_out: {"schema": _schema(one.answer)}} if one.answer else {one.media_out: {}}
    return {str(one.status): {"description": HTTPStatus(one.status).phrase, "content": content}} | answers


def _refusal(code: int) -> dict[str, Any]:
    if code < HTTPStatus.BAD_REQUEST:
        return {"description": HTTPStatus(code).phrase}
    content = {"application/json": {"schema": _schema("Error")}, "text/html": {}}
    return {"description": HTTPStatus(code).phrase, "content": content}


def _security(one: Described, route: Route) -> list[dict[str, list[str]]]:
    if one.key:
        return [{one.key: []}]
    entry = entry_of(route.view)
    if entry and entry.is_public:
        return []
    proofs = ("session", "token") if one.method == "post" else ("session",)
    return [{proof: [] for proof in proofs}]
