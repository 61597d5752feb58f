"""The programs of `tools/chain.py`: a local node, and the compiler of the contract."""

import importlib.util
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from yidang.kernel.errors import Unavailable
from yidang.ledger.adapters.http import call

_TOOL = Path(__file__).resolve().parents[2] / "tools" / "chain.py"
_PATIENCE = 10.0


def chain_tools() -> ModuleType:
    spec = importlib.util.spec_from_file_location("chain_tools", _TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@contextmanager
def running(program: Path) -> Iterator[str]:
    """A node of one's own; gives its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    node = subprocess.Popen([program, "--port", str(port), "--silent"])
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(url)
        yield url
    finally:
        node.terminate()
        node.wait(10)


def _wait(url: str) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        try:
            call(url, "eth_chainId")
        except Unavailable:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return
