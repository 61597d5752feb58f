"""A bucket behind a bad line: a small proxy before moto that is slow, answers 500, breaks off, or loses the answer."""

import http.client
import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

HOP = {"connection", "transfer-encoding", "content-length"}


@dataclass
class Line:
    """What the next request meets; `faults` are drawn from anew each time."""

    goal: str
    chance: random.Random
    faults: tuple[str, ...] = ()
    share: float = 0.3
    met: Counter = field(default_factory=Counter)

    def draw(self) -> str:
        fault = self.chance.choice(self.faults) if self.faults and self.chance.random() < self.share else ""
        self.met[fault or "well"] += 1
        return fault


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    line: Line

    def do_any(self) -> None:
        fault = self.line.draw()
        body = self._body()
        if fault == "slow":
            time.sleep(self.line.chance.uniform(0.05, 0.3))
        if fault == "500":
            return self._answer(500, {}, b"")
        status, headers, answer = self._passed_on(body)
        if fault == "lost":  # done, and nobody is told
            self.close_connection = True
            self.connection.close()
            return None
        return self._answer(status, headers, answer, is_half=fault == "half")

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = do_any  # noqa: N815 - http.server asks for these names

    def _body(self) -> bytes:
        if self.headers.get("Expect"):
            self.send_response_only(100)
            self.end_headers()
        if self.headers.get("Transfer-Encoding", "") == "chunked":
            return b"".join(iter(self._chunk, b""))
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _chunk(self) -> bytes:
        size = int(self.rfile.readline().split(b";")[0], 16)
        data = self.rfile.read(size)
        self.rfile.readline()
        return data

    def _passed_on(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        server = http.client.HTTPConnection(urlsplit(self.line.goal).netloc, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in HOP | {"expect"}}
        server.request(self.command, self.path, body, headers)
        answer = server.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    def _answer(self, status: int, headers: dict[str, str], body: bytes, *, is_half: bool = False) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in HOP:
                self.send_header(name, value)
        size = headers.get("Content-Length", "0") if self.command == "HEAD" else str(len(body))
        self.send_header("Content-Length", size)
        self.end_headers()
        if self.command == "HEAD":
            return
        self.wfile.write(body[: len(body) // 2] if is_half else body)
        if is_half and body:
            self.close_connection = True

    def log_message(self, *_: object) -> None:
        pass


class BadLine:
    """`with BadLine(line) as url: …`"""

    def __init__(self, line: Line) -> None:
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), type("On", (Handler,), {"line": line}))
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # who hung up hung up
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    def __enter__(self) -> str:
        self._thread.start()
        return f"http://127.0.0.1:{self._server.server_port}"

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
