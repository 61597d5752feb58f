"""Writes docs/cli.md from the command line itself; with --print, shows what it would write."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "docs" / "cli.md"
HEAD = """# Command line

Written by `make docs` from the program itself; a test keeps it current.
Every command works on the data folder `YIDANG_HOME`, with and without a running server.
With `--json` standard output holds JSON and nothing else; progress and messages go to standard error.
Exit codes: 0 held, 1 found wanting, 2 usage.
The help speaks Chinese unless `YIDANG_LANGUAGE=en` or the locale (`LANG`) says English.
"""


def page() -> str:
    english, chinese = helps("en"), helps("zh-hans")
    parts = [f"## {name}\n\n```\n{text}\n```\n\n```\n{chinese[name]}\n```\n" for name, text in english.items()]
    return "\n".join([HEAD, *parts])


def helps(language: str) -> dict[str, str]:
    """Command → its help. A process of its own: the language is settled once for each."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("YIDANG_")}
    environment |= {"YIDANG_LANGUAGE": language, "COLUMNS": "100"}
    done = subprocess.run(
        [sys.executable, __file__, "--helps"], env=environment, capture_output=True, text=True, check=True
    )
    return dict(block.split("\n", 1) for block in done.stdout.strip("\n\0").split("\n\0\n"))


def walk() -> Iterator[tuple[str, str]]:
    import click

    from yidang.site.cli import main

    def below(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
        yield context.command_path, command.get_help(context).rstrip()
        if isinstance(command, click.Group):
            for name in command.list_commands(context):
                child = command.commands[name]
                yield from below(child, click.Context(child, info_name=name, parent=context, terminal_width=100))

    return below(main, click.Context(main, info_name="yidang", terminal_width=100, **main.context_settings))


if __name__ == "__main__":
    if "--helps" in sys.argv:
        sys.stdout.write("\n\0\n".join(f"{name}\n{text}" for name, text in walk()))
    elif "--print" in sys.argv:
        sys.stdout.write(page())
    else:
        PAGE.write_text(page(), encoding="utf-8")
