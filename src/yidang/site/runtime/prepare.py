"""Brings the data folder up to date: database, tables, scheme, static files, jobs of the dead."""

import logging
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from yidang.kernel.errors import Conflict, DomainError
from yidang.site.config import Config

log = logging.getLogger(__name__)
RESTORE_MARK = "restore-unfinished"  # stands in the data folder until a restore has ended


def prepare(config: Config, *, web: bool) -> None:
    """Idempotent, and quick when nothing is to be done. Only the owner of the data folder calls it."""
    from django.db import connections

    from yidang.identity import reach
    from yidang.site import wiring
    from yidang.site.runtime import schema, wall

    _refuse_half_restored(config)
    wiring.check_engines()
    reach.act_as_system()
    wall.step_before()
    if not config.database_url:
        ensure_database(config.home)
    schema.lay_down()
    migrate()
    wall.raise_wall()
    wall.step_behind()
    _load_scheme()
    _finish_interrupted()
    if web:
        _collect_static(config)
    hand_back_jobs(config)
    connections.close_all()


def _refuse_half_restored(config: Config) -> None:
    """Raises Conflict `restore_unfinished`: half an archive must not be taken for one."""
    if (config.home / RESTORE_MARK).exists():
        raise Conflict("restore_unfinished", home=str(config.home))


def ensure_database(home: Path) -> None:
    import psycopg

    from yidang.site.runtime import postgres

    name = urlsplit(postgres.url(home)).path.lstrip("/")
    with psycopg.connect(postgres.url(home, "postgres"), autocommit=True) as connection:
        exists = connection.execute("select 1 from pg_database where datname = %s", [name]).fetchone()
        if not exists:
            connection.execute(f'create database "{name}"')  # a constant of ours, not input


def migrate() -> None:
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def _finish_interrupted() -> None:
    from yidang.site import wiring

    try:
        wiring.finish_interrupted()
    except DomainError as problem:  # a store out of reach: the house opens all the same, the keeper tries again
        log.warning("what a crash cut short could not be finished yet: %s", problem.code)


def _load_scheme() -> None:
    from yidang.holdings.scheme_watch import load_watched

    for one in load_watched():
        log.error("changed from outside while stopped, put back: %s %s", one.code, dict(one.facts))


def _collect_static(config: Config) -> None:
    """Hashed and compressed copies for the browser, made once for each version and state of the sources."""
    from django.conf import settings
    from django.core.management import call_command

    mark = config.home / "run" / "static.mark"
    state = f"{version('yidang')} {_newest_static(Path(settings.PACKAGE))}"
    if mark.exists() and mark.read_text(encoding="utf-8") == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    mark.write_text(state, encoding="utf-8")


def _newest_static(package: Path) -> str:
    files = [path.stat() for folder in package.glob("*/static") for path in folder.rglob("*") if path.is_file()]
    return f"{len(files)} {max((file.st_mtime_ns for file in files), default=0)} {sum(file.st_size for file in files)}"


def hand_back_jobs(config: Config) -> None:
    from yidang.site.runtime import jobs

    # On a database of our own the lock says that no worker is left; on a shared one only silence does.
    handed_back = jobs.hand_back_stalled() if config.database_url else jobs.hand_back_all()
    if handed_back:
        log.warning("%s interrupted jobs were handed back", handed_back)
