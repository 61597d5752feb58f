"""What the children do: serve the web, work off jobs, read pages, keep ledger and index up to date.

Every function here runs in a forked child and returns only when it is asked to stop.
"""

import asyncio
import logging
import os
import signal
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from yidang.site.config import Config
from yidang.site.runtime import processes
from yidang.site.runtime.crew import GRACE_SECONDS, Post
from yidang.site.runtime.instance import KeeperLock

log = logging.getLogger(__name__)
THREADS = 4
_BEAT = 0.5
_SWEEP_EVERY = 30.0


def web(listener: socket.socket, config: Config) -> Post:
    return Post("web", lambda: _serve_web(listener, config))


def redirect(config: Config, port: int) -> list[Post]:
    """Plain HTTP beside HTTPS, when asked for."""
    from yidang.site.tls import redirecting

    wanted = config.is_https and config.http_redirect_port
    return [Post("redirect", lambda: redirecting.serve(config, port))] if wanted else []


def job_workers(config: Config) -> list[Post]:
    jobs = [Post(f"jobs-{n}", lambda: _work(["intake", "default"])) for n in range(config.job_workers)]
    cores = sorted(os.sched_getaffinity(0))
    ocr = [Post(f"ocr-{n}", _reader(cores[n % len(cores)])) for n in range(config.ocr_workers)]
    return [*jobs, *ocr]


def keeper(config: Config) -> Post:
    return Post("keeper", lambda: keep(config.home))


def copies(config: Config) -> list[Post]:
    """Somebody who makes and checks copies, where there is a place for them."""
    from yidang.site.copies.keeping import keep_copies

    is_wanted = config.backup_to or config.replicas
    return [Post("copies", lambda: keep_copies(config, _until_asked_to_stop()))] if is_wanted else []


def sensors(config: Config) -> list[Post]:
    """Somebody who listens to the storeroom's sensors, where a broker is named."""
    return [Post("sensors", lambda: _listen(config.mqtt_url))] if config.mqtt_url else []


def _listen(url: str) -> None:
    from yidang.storeroom.adapters.mqtt import Listener

    wanted, listener = _until_asked_to_stop(), Listener(url)
    listener.start()
    while wanted():
        attempt(listener.flush)
        time.sleep(_BEAT)
    attempt(listener.flush)
    listener.stop()


def _reader(core: int) -> Callable[[], None]:
    def read() -> None:
        # Before the engine is loaded: it pins its own threads, in every process to the same core.
        os.sched_setaffinity(0, {core})
        os.nice(5)  # a person at the screen comes before the next page
        _work(["ocr"])

    return read


def _serve_web(listener: socket.socket, config: Config) -> None:
    from gunicorn.app.base import BaseApplication

    from yidang.identity.reach import act_as_nobody
    from yidang.site.wsgi import application

    class Web(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in _gunicorn_settings(listener, config).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    act_as_nobody()
    Web().run()


def _gunicorn_settings(listener: socket.socket, config: Config) -> dict[str, object]:
    from yidang.site.tls import serving

    arbiter = os.getpid()
    shared_memory = Path("/dev/shm")  # noqa: S108 - heartbeat files of gunicorn only
    return {
        "bind": [f"fd://{listener.fileno()}"],
        "workers": config.web_workers,
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": 120,
        "graceful_timeout": int(GRACE_SECONDS / 2),
        "keepalive": 5,
        "accesslog": None,  # a line of it would hold what a person searched for
        "loglevel": "warning",
        "control_socket_disable": True,
        "worker_tmp_dir": str(shared_memory) if os.access(shared_memory, os.W_OK) else None,
        "post_fork": lambda _server, _worker: processes.die_with_parent(arbiter),
    } | _https(serving.pair(config))


def _https(pair: tuple[Path, Path] | None) -> dict[str, object]:
    from yidang.site.tls import serving

    if pair is None:
        return {}
    certificate, key = pair
    context = lambda _config, default: serving.context(default())  # noqa: E731 - gunicorn's own hook
    return {"certfile": str(certificate), "keyfile": str(key), "ssl_context": context}


def _work(queues: list[str]) -> None:
    from yidang.intake.operations import watch

    watch.switch_on()
    asyncio.run(_work_off(queues))


async def _work_off(queues: list[str]) -> None:
    from procrastinate import PsycopgConnector
    from procrastinate.contrib.django import app
    from procrastinate.contrib.django.utils import connector_params

    # One job at a time needs one thread with one connection of its own.
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    connector = PsycopgConnector(kwargs=connector_params("default"), min_size=1, max_size=3)
    workers = app.with_connector(connector)
    async with workers.open_async():
        await workers.run_worker_async(
            queues=queues,
            concurrency=1,
            delete_jobs="successful",
            shutdown_graceful_timeout=GRACE_SECONDS,
            fetch_job_polling_interval=2.0,
        )


def keep(home: Path) -> None:
    """Ledger and index follow the database every half second; stalled jobs and old uploads are swept now and then."""
    from yidang.site.runtime.outside import hand_out_while

    lock = KeeperLock(home)
    lock.wait()  # a command that runs beside us may be keeping for the moment
    wanted = _until_asked_to_stop()
    hand_out_while(wanted)
    swept = 0.0
    while wanted():
        attempt(beat)
        attempt(turn_keys)
        if time.monotonic() - swept > _SWEEP_EVERY:
            attempt(sweep)
            swept = time.monotonic()
        time.sleep(_BEAT)


def _until_asked_to_stop() -> Callable[[], bool]:
    asked: list[int] = []
    signal.signal(signal.SIGTERM, lambda signum, _frame: asked.append(signum))
    return lambda: not asked


def beat() -> None:
    from yidang.site.wiring import feed_index, sequence_ledger

    sequence_ledger()
    feed_index()


def turn_keys() -> None:
    from yidang.site.wiring import turn_keys

    turn_keys()


def sweep() -> None:
    from yidang.site.runtime.jobs import hand_back_stalled
    from yidang.site.wiring import sweep_leftovers

    hand_back_stalled()
    sweep_leftovers()


def attempt(step: Callable[[], object]) -> None:
    """One step of the keeper; a failure is logged and tried again at the next beat."""
    from django.db import close_old_connections

    try:
        close_old_connections()
        step()
    except Exception:
        log.exception("The keeper failed at %s", step.__name__)
