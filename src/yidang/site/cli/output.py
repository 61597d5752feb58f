"""How commands speak: results on stdout, everything else on stderr, exit codes 0 held, 1 found wanting, 2 usage."""

import json
import sys
from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, NoReturn, ParamSpec, TypeVar

import click

from yidang.kernel.errors import DomainError
from yidang.kernel.texts import say
from yidang.site.cli.language import LANGUAGE, _

P = ParamSpec("P")
R = TypeVar("R")
HELD, WANTING, USAGE = 0, 1, 2

json_option = click.option("--json", "as_json", is_flag=True, help=_("Print one JSON object on standard output."))


def print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2, default=_plain) + "\n")


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)


def note(text: str) -> None:
    click.echo(text, err=True)


def in_words(error: DomainError) -> str:
    return say(error.code, LANGUAGE, **error.facts)


def finish(code: int) -> NoReturn:
    sys.stdout.flush()
    raise SystemExit(code)


def speaks(command: Callable[P, R]) -> Callable[P, R]:
    """Tells a domain error in words, and as JSON where JSON was asked for; the traceback stays away."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except DomainError as error:
            if kwargs.get("as_json"):
                print_json({"error": {"code": error.code, "message": in_words(error)}})
            note(in_words(error))
            finish(USAGE if error.code.startswith("setting_") else WANTING)

    return run


def table(rows: list[dict[str, Any]], columns: dict[str, str]) -> None:
    """Columns of a list for a person; widths count Chinese characters as two."""
    from rich.console import Console
    from rich.table import Table

    grid = Table(box=None, pad_edge=False)
    for heading in columns.values():
        grid.add_column(heading, overflow="fold")
    for row in rows:
        grid.add_row(*(str(row[key]) for key in columns))
    Console().print(grid)
