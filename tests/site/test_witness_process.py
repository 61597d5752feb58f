"""`yidang witness` as its operator starts it, and an archive that hands its checkpoints there by itself."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from yidang.crypto.signatures import Algorithm, generate
from yidang.ledger.adapters.http import post
from yidang.ledger.merkle import leaf_hash
from yidang.ledger.notes import PublicKey, sign_checkpoint
from yidang.ledger.witness.requests import AddCheckpoint, parse_size

ORIGIN = "yidang/test/sm3"
KEY = generate(Algorithm.ED25519)
pytestmark = pytest.mark.slow


class Operator:
    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder / "witness"
        self.keys = folder / "keys"
        self.keys.write_text(str(PublicKey(ORIGIN, KEY.algorithm, KEY.public)))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.process: subprocess.Popen[str] | None = None

    def command(self, *more: str) -> list[str]:
        listen = ["--listen", f"127.0.0.1:{self.port}"]
        return [sys.executable, "-m", "yidang", "witness", str(self.folder), *listen, *more]

    def start(self, *more: str) -> str:
        """Returns the line for the archive's settings."""
        quiet = {**os.environ, "YIDANG_LANGUAGE": "en"}
        self.process = subprocess.Popen(
            self.command(*more), stdout=subprocess.PIPE, text=True, env=quiet, start_new_session=True
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline().strip()
        for _ in range(200):
            try:
                socket.create_connection(("127.0.0.1", self.port), 1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return line
        pytest.fail("the witness does not listen")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self.process is not None:
            # The worker too: orphaned it would hold the port, and answer, for a second more.
            os.killpg(self.process.pid, how)
            self.process.wait(20)
            assert self.process.stdout is not None
            self.process.stdout.close()
            self.process = None

    def ask(self, old: int, size: int) -> tuple[int, bytes]:
        leaves = [leaf_hash(b"a")]
        head = sign_checkpoint(ORIGIN, size, leaves[0], [KEY])
        return post(f"http://127.0.0.1:{self.port}/add-checkpoint", str(AddCheckpoint(old, (), head)).encode())


@pytest.fixture
def operator(tmp_path: Path) -> Iterator[Operator]:
    found = Operator(tmp_path / "elsewhere")
    yield found
    found.stop(signal.SIGKILL)


def test_one_command_makes_and_starts_a_witness(operator: Operator) -> None:
    line = operator.start("--name", "w.example/1", "--log", str(operator.keys))
    url, *keys = line.split(" ")
    assert url == f"http://127.0.0.1:{operator.port}"
    assert [key.split("+")[0] for key in keys] == ["w.example/1"] * 2
    assert operator.ask(0, 1)[0] == 200
    operator.stop(signal.SIGKILL)
    assert operator.start() == line  # name and log are remembered
    status, body = operator.ask(0, 1)
    assert (status, parse_size(body)) == (409, 1)


def test_without_a_name_it_asks_for_one(operator: Operator) -> None:
    done = subprocess.run(operator.command(), capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 1
    assert "--name" in done.stderr
