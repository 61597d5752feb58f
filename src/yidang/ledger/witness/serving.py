"""A witness in the foreground, until Ctrl-C: one process, four threads."""

from pathlib import Path
from typing import Any

from yidang.ledger.witness.app import Witness
from yidang.ledger.witness.keys import identity
from yidang.ledger.witness.logs import known_logs

THREADS = 4


def serve(folder: Path, *, listen: str) -> None:
    """`listen` is host:port; the folder has its keys and its logs already.

    Raises Conflict `witness_nameless` or `witness_key_missing`.
    """
    from gunicorn.app.base import BaseApplication

    application = Witness(folder, identity(folder), known_logs(folder))

    class Server(BaseApplication):  # type: ignore[misc]
        def load_config(self) -> None:
            for name, value in _settings(listen).items():
                self.cfg.set(name, value)

        def load(self) -> Any:
            return application

    Server().run()


def _settings(listen: str) -> dict[str, object]:
    return {
        "bind": [listen],
        "workers": 1,
        "worker_class": "gthread",
        "threads": THREADS,
        "timeout": 30,
        "keepalive": 75,  # a log comes back every minute
        "loglevel": "warning",
        "control_socket_disable": True,
    }
