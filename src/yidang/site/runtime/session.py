"""What a command needs while it works: a running server is used, anything else is started and stopped again."""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import django
from django.conf import settings

from yidang.kernel.clock import now
from yidang.kernel.errors import Conflict, Unavailable
from yidang.site.config import Config
from yidang.site.runtime import duties
from yidang.site.runtime.crew import Crew, Post
from yidang.site.runtime.instance import Instance, KeeperLock
from yidang.site.runtime.postgres import Cluster

log = logging.getLogger(__name__)
COMMAND = "command"
_PATIENCE = 120.0  # for a server that is just starting or stopping
_FOR_EVER = 365 * 86400.0


@contextmanager
def running(config: Config | None = None, *, workers: bool = False) -> Iterator["Session"]:
    """The database answers and is up to date; with `workers`, jobs are being worked off as well.

    Call it before the process has threads or database connections of its own: workers are forked from here.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yidang.site.settings")
    django.setup()
    config = config or settings.YIDANG
    with ExitStack() as stack:
        instance = Instance(config.home)
        is_owner = _join(instance, config, stack)
        if is_owner:
            _start(instance, config, stack)
        _step_behind_the_wall()
        if workers and not _has_workers(instance):
            stack.enter_context(_crew(instance, config))
        try:
            yield Session(config)
        finally:
            _close_connections()


@dataclass(frozen=True)
class Session:
    config: Config

    def catch_up(self, *, index: bool = True) -> None:
        """Waits for nothing: what has changed stands in ledger tiles and index when this returns.

        With a server running its keeper does so within a second, and this does nothing. Without `index` the index is
        left as it lies: feeding mends a broken one, which a check must name first.
        """
        keeper = KeeperLock(self.config.home)
        try:
            if keeper.try_take():
                from yidang.site import wiring

                wiring.sequence_ledger()
                if index:
                    wiring.catch_up_index()
        finally:
            keeper.release()


def _join(instance: Instance, config: Config, stack: ExitStack) -> bool:
    """True as the owner, who must start things; False as the guest of an owner whose database answers."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if instance.try_own(COMMAND):
            stack.callback(instance.release)
            return True
        with ExitStack() as visit:
            welcome = visit.enter_context(instance.guest())
            if welcome and _answers(config):
                stack.push(visit.pop_all())
                return False
        time.sleep(0.1)
    owner = instance.owner()
    raise Conflict("already_running", home=str(config.home), pid=owner.pid if owner else 0, command=COMMAND)


def _step_behind_the_wall() -> None:
    from yidang.identity.reach import act_as_system
    from yidang.site.runtime import wall

    wall.step_behind()
    act_as_system()


def _answers(config: Config) -> bool:
    return bool(config.database_url) or Cluster(config.home).is_answering()


def _start(instance: Instance, config: Config, stack: ExitStack) -> None:
    from yidang.site.runtime.prepare import prepare

    if not config.database_url:
        cluster = Cluster(config.home, archives=bool(config.backup_to))
        stack.callback(cluster.stop)
        cluster.start()
    prepare(config, web=False)
    stack.callback(instance.wait_for_guests, _FOR_EVER)
    stack.callback(_leave_in_order, config)


def _leave_in_order(config: Config) -> None:
    """The last entries of a command reach the ledger's tiles before its database stops."""
    from yidang.ledger.sequencing import is_behind

    if is_behind():  # what the command was about has been said; a traceback at its end would say no more
        log.warning("the database is behind the log: run `yidang rebuild`, or restore a copy")
    else:
        duties.attempt(Session(config).catch_up)
    _close_connections()


def _has_workers(instance: Instance) -> bool:
    owner = instance.owner()
    return owner is not None and owner.is_server


@contextmanager
def _crew(instance: Instance, config: Config) -> Iterator[None]:
    """A foreman in a process of its own, so that this one may draw progress with threads."""
    _close_connections()
    foreman = Post("foreman", lambda: _lead(config))
    helpers = Crew([foreman], inherited=[instance.release])
    helpers.start()
    try:
        yield
    finally:
        helpers.end(grace=60)


def _lead(config: Config) -> None:
    Crew([*duties.job_workers(config), duties.keeper(config)]).run()


def _close_connections() -> None:
    from django.db import connections

    connections.close_all()


def put_database_aside() -> Path | None:
    """Renames the embedded database's folder, while nobody uses it; the new name, None when there is none.

    Raises:
        Conflict: `already_running`, `database_not_embedded`.
    """
    home: Path = settings.YIDANG.home
    if settings.YIDANG.database_url:
        raise Conflict("database_not_embedded")
    instance = Instance(home)
    instance.own(COMMAND)
    try:
        if not (home / "postgres").exists():
            return None
        return (home / "postgres").rename(home / f"postgres.{now():%Y%m%dT%H%M%S}")
    finally:
        instance.release()


def stop(config: Config, seconds: float = 60.0) -> bool:
    """Asks a running server to stop. False when none runs.

    Raises:
        Unavailable: `stop_timeout`.
    """
    import signal

    from yidang.site.runtime import processes

    owner = Instance(config.home).owner()
    if owner is None or not processes.is_alive(owner.pid):
        return False
    os.kill(owner.pid, signal.SIGTERM)
    if not processes.wait_gone(owner.pid, seconds):
        raise Unavailable("stop_timeout", pid=owner.pid, seconds=int(seconds))
    return True
