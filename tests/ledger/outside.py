"""Witnesses and other neighbours for tests: real ones, on a socket, in a thread of this process."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from yidang.ledger.witness.app import Witness
from yidang.ledger.witness.keys import identity
from yidang.ledger.witness.logs import add_log, known_logs


class Quiet(WSGIRequestHandler):
    def log_message(self, *_args: object) -> None:
        pass


@contextmanager
def served(application: Callable[..., Any], port: int = 0) -> Iterator[str]:
    with make_server("127.0.0.1", port, application, handler_class=Quiet) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def witness_of(ledger: Path, folder: Path, name: str = "witness.example/1", port: int = 0) -> Iterator[str]:
    """A running witness that knows the log of that folder; gives its setting."""
    itself = identity(folder, name=name)
    add_log(folder, (ledger / "keys").read_text())
    with served(Witness(folder, itself, known_logs(folder)), port) as url:
        yield f"{url} " + " ".join(map(str, itself.cosigners))
