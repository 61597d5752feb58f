"""`yidang serve`: one process tree that starts and ends together.

 supervisor ─┬─ postgres            (unless YIDANG_DATABASE_URL names a server)
             ├─ web ── web workers  (gunicorn, threads)
             ├─ jobs-0 … jobs-n     (procrastinate, queue "intake")
             ├─ ocr-0 … ocr-n       (procrastinate, queue "ocr", one a core)
             └─ keeper              (ledger tiles, search index, sweeps)

The supervisor imports everything once and forks, so that all children share that memory.
"""

import gc
import logging
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import django

from yidang.crypto import passphrases
from yidang.kernel.errors import Conflict, DomainError, Unavailable
from yidang.site.config import Config
from yidang.site.runtime import duties, processes
from yidang.site.runtime.crew import Crew, Post
from yidang.site.runtime.instance import SERVER, Instance, Owner
from yidang.site.runtime.postgres import Cluster

log = logging.getLogger(__name__)
_BACKLOG = 256
_GUEST_SECONDS = 10.0


def serve(
    config: Config,
    *,
    ready: Callable[[int], None] = lambda _port: None,
    then_prepare: Callable[[], None] = lambda: None,
    tasks: Sequence[Post] = (),
) -> None:
    """Runs until SIGTERM or Ctrl-C. `ready` is told the port; `tasks` run beside the others, each once.

    Raises:
        Conflict: `already_running`, `port_taken`.
        Unavailable: `postgres_failed`, `preparation_failed`.
    """
    with ExitStack() as stack:
        _end_on_sigterm()
        instance = Instance(config.home)
        instance.own(SERVER)
        stack.callback(instance.release)
        listener = _listen(config.host, config.port)
        stack.callback(listener.close)
        port = int(listener.getsockname()[1])
        cluster = None if config.database_url else Cluster(config.home, archives=bool(config.backup_to))
        with ThreadPoolExecutor(1) as beside:  # half of the first start is imports, the other the new database
            loading = beside.submit(django.setup)
            if cluster:
                stack.callback(cluster.stop)
                cluster.start()
            loading.result()
        with in_child(lambda: _prepare(config, then_prepare), name="preparation"):
            load_views()
        _step_behind_the_wall()
        load_everything()
        instance.announce(Owner(os.getpid(), SERVER, port, has_passphrase=passphrases.is_configured()))
        faces = [duties.web(listener, config), *duties.redirect(config, port)]
        posts = [*faces, *duties.job_workers(config), duties.keeper(config), *_on_demand(config), *tasks]
        crew = Crew(posts, inherited=[instance.release])
        stack.callback(lambda: instance.wait_for_guests(_GUEST_SECONDS))
        ready(port)
        crew.run(beside=cluster.revive if cluster else lambda: None)
        with in_child(lambda: _hand_back(config), name="handing back"):
            pass


def _on_demand(config: Config) -> list[Post]:
    return [*duties.copies(config), *duties.sensors(config)]


def _end_on_sigterm() -> None:
    # Before the crew works, a SIGTERM unwinds the stack as Ctrl-C does.
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, interrupt)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(_BACKLOG)
    except OSError as problem:
        listener.close()
        raise Conflict("port_taken", host=host, port=port, problem=problem.strerror or "") from problem
    return listener


def load_views() -> None:
    from django.urls import get_resolver

    list(get_resolver().url_patterns)


def load_everything() -> None:
    """Imports what all children need, and takes it out of the garbage collector's sight: it stays shared."""
    from yidang.ledger.statements.paper import pades
    from yidang.site import wsgi

    del pades  # loaded only where a PDF is signed, but by the web sooner or later
    if wsgi.application is not None:
        load_views()
    gc.collect()
    gc.freeze()


@contextmanager
def in_child(step: Callable[[], None], *, name: str) -> Iterator[None]:
    """Runs `step` in a forked child, so that its memory and connections never reach the other children; waits for it.

    Raises:
        Unavailable: `preparation_failed`; the child's log line above it says why.
    """
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            signal.signal(signal.SIGTERM, signal.SIG_DFL)
            processes.die_with_parent(parent)
            step()
            code = 0
        except DomainError as error:
            log.error("%s: %s", name, error.code)  # noqa: TRY400 - a known error needs no traceback
        except BaseException:
            log.exception("%s failed", name)
        finally:
            sys.stderr.flush()
            os._exit(code)
    yield
    _, status = os.waitpid(pid, 0)
    if status != 0:
        raise Unavailable("preparation_failed", retryable=False, step=name)


def _step_behind_the_wall() -> None:
    """What is forked from here on owns no table; the web steps further back and sees nothing unasked."""
    from yidang.identity.reach import act_as_system
    from yidang.site.runtime import wall

    wall.step_behind()
    act_as_system()


def _prepare(config: Config, then: Callable[[], None]) -> None:
    from yidang.site.runtime.prepare import prepare

    prepare(config, web=True)
    then()


def _hand_back(config: Config) -> None:
    from yidang.site.runtime.prepare import hand_back_jobs

    hand_back_jobs(config)
