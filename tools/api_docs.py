"""Writes docs/api.md from the description the server gives of its own API; with --print, shows what it would write."""

import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "api.md"
HEAD = """# API

Written by `make docs` from the rooms' `api.toml`; a test keeps it current and finds a JSON route that is not described.
The same for machines (OpenAPI 3.1): `/api/openapi.json`. Ask with `Accept: application/json`.

A refusal is `{"code", "message"}`: 400 not to be read, 403 not allowed (or the page's token is missing), 404 not there
for whoever asks, 409 not in this state, 413 too large, 422 not understood, 429 too often, 503 later. Who is not signed
in is led to the door (302) unless a route says otherwise. Forms are `application/x-www-form-urlencoded`; a POST carries
the token (`X-CSRFToken`).

The witness (`yidang witness`) is a server of its own and speaks tlog-witness; it is not described here.
"""


def page() -> str:
    return "\n".join([HEAD, *sections()])


def sections() -> Iterator[str]:
    from yidang.site.openapi.describing import description

    said, room = description(), ""
    operations = [(path, method, one) for path, ways in said["paths"].items() for method, one in ways.items()]
    for path, method, one in sorted(operations, key=lambda row: (row[2]["tags"], row[0], row[1])):
        if one["tags"][0] != room:
            room = one["tags"][0]
            yield f"## {room}\n"
        yield f"### {method.upper()} {path}\n\n{one['summary']}.\n\n{table(one)}\n"


def table(one: dict) -> str:
    rows = [
        f"| {field['name']} | {field['in']} | {kind(field['schema'])} | {'yes' if field['required'] else ''} |"
        for field in one["parameters"]
    ]
    for media, content in one.get("requestBody", {}).get("content", {}).items():
        rows += body(media, content["schema"])
    head = ["| field | where | kind | must |", "|---|---|---|---|"] if rows else []
    return "\n".join([*head, *rows, *([""] if rows else []), answers(one["responses"])])


def body(media: str, schema: dict) -> Iterator[str]:
    if "properties" not in schema:
        yield f"| (body) | {media} | {kind(schema)} | yes |"
    for name, holds in schema.get("properties", {}).items():
        yield f"| {name} | form | {kind(holds)} | {'yes' if name in schema['required'] else ''} |"


def kind(schema: dict) -> str:
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    return schema.get("format") or str(schema.get("const", "")) or str(schema.get("type", "anything"))


def answers(responses: dict) -> str:
    parts = []
    for code, answer in sorted(responses.items()):
        held = [kind(content["schema"]) for content in answer.get("content", {}).values() if "schema" in content]
        parts.append(f"{code} {held[0]}" if held and code < "300" else code)
    return "Answers: " + ", ".join(parts) + "."


if __name__ == "__main__":
    import django

    os.environ |= {"YIDANG_HOME": tempfile.mkdtemp(), "DJANGO_SETTINGS_MODULE": "yidang.site.settings"}
    django.setup()
    if "--print" in sys.argv:
        sys.stdout.write(page())
    else:
        PAGE.write_text(page(), encoding="utf-8")
