"""JSON as RFC 8259 has it: UTF-8, no repeated names, no NaN; anything else is a reason, never an exception."""

import json
from typing import NoReturn


class MalformedError(ValueError):
    """The reason, in words."""


class Repeated(dict[str, object]):
    """A JSON object in which these names stood more than once."""

    names: tuple[str, ...] = ()


def parse(data: bytes) -> object:
    """Raises MalformedError."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as problem:
        raise MalformedError(f"not UTF-8 at byte {problem.start}") from None
    if text.startswith("\ufeff"):
        raise MalformedError("begins with a byte order mark")
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_refuse)
    except RecursionError:
        raise MalformedError("nested too deeply") from None
    except ValueError as problem:
        raise MalformedError(str(problem)) from None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    seen: set[str] = set()
    names = [name for name, _ in pairs if name in seen or seen.add(name)]  # type: ignore[func-returns-value]
    repeated = Repeated(found)
    repeated.names = tuple(names)
    return repeated


def _refuse(constant: str) -> NoReturn:
    raise MalformedError(f"{constant} is not JSON")


def repeated_names(value: object) -> tuple[str, ...]:
    """Of this JSON object itself."""
    return value.names if isinstance(value, Repeated) else ()
