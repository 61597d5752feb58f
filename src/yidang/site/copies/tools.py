"""PostgreSQL's own programs, and the server they talk to."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from yidang.kernel.errors import Unavailable
from yidang.site.config import Config
from yidang.site.runtime import postgres

_PIECE = 1 << 20


def tool(name: str, *, packaged: bool = True) -> str:
    """The packaged program; for a server of one's own rather the system's, which speaks TLS.

    Raises:
        Unavailable: `database_tool_missing`.
    """
    ours = postgres.packaged_binaries() / name
    theirs = shutil.which(name) or next((str(one) for one in _installed(name)), "")
    found = str(ours) if packaged and ours.exists() else theirs or (str(ours) if ours.exists() else "")
    if not found:
        raise Unavailable("database_tool_missing", retryable=False, tool=name)
    return found


def _installed(name: str) -> list[Path]:
    return sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)


def owner_url(config: Config, database: str = postgres.DATABASE) -> str:
    """As the server's owner, whom no row policy binds."""
    return config.database_url or postgres.url(config.home, database)


@contextmanager
def as_owner(config: Config) -> Iterator[psycopg.Connection[tuple[object, ...]]]:
    with psycopg.connect(owner_url(config), autocommit=True) as connection:
        yield connection


def environment() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C", "PGAPPNAME": "yidang-backup"}


def output_of(command: list[str]) -> Iterator[bytes]:
    """What the program writes, piece by piece.

    Raises:
        Unavailable: `database_copy_failed` when it ends badly.
    """
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()) as process:
        if process.stdout is None or process.stderr is None:
            return
        while piece := process.stdout.read(_PIECE):
            yield piece
        said = process.stderr.read()
    if process.returncode:
        raise Unavailable("database_copy_failed", problem=last_line(said))


def last_line(said: bytes) -> str:
    lines = said.decode(errors="replace").strip().splitlines()
    return lines[-1] if lines else "?"
