"""The plain HTTP port beside the HTTPS one: it sends everybody on, and hands out the authority's certificate."""

from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

from yidang.site.config import Config
from yidang.site.tls import authority

TRUST_FILE = "/trust/ca.crt"


class _Redirect(BaseHTTPRequestHandler):
    timeout = 10
    server_version = "Yidang"
    sys_version = ""

    def __init__(self, *arguments: object, config: Config, port: int) -> None:
        self._config = config
        self._port = port
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        if self.path == TRUST_FILE and self._config.tls_is_local:
            self._hand_out(authority.authority_certificate(self._config.home).read_bytes())
        else:
            self._send_on()

    do_HEAD = do_POST = do_GET  # noqa: N815 - the library's own names

    def log_message(self, *_: object) -> None:
        """Nothing: an address may hold what a person searched for."""

    def _send_on(self) -> None:
        host = urlsplit(f"//{self.headers.get('Host', '')}").hostname
        if host is None or not _is_ours(host, self._config):
            self.send_error(400)
            return
        place = f"[{host}]" if ":" in host else host
        path = self.path if self.path.startswith("/") and not self.path.startswith("//") else "/"
        self.send_response(308)
        self.send_header("Location", f"https://{place}:{self._port}{path}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _hand_out(self, certificate: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/x-x509-ca-cert")
        self.send_header("Content-Length", str(len(certificate)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(certificate)


def _is_ours(host: str, config: Config) -> bool:
    """An invented Host header must not send a visitor elsewhere."""
    allowed = [one.strip().strip("[]") for one in config.allowed_hosts.split(",")]
    return "*" in allowed or any(host == one or (one.startswith(".") and host.endswith(one)) for one in allowed)


def serve(config: Config, port: int) -> None:
    """Until the process is told to end."""
    handler = partial(_Redirect, config=config, port=port)
    with ThreadingHTTPServer((config.host, config.http_redirect_port), handler) as server:
        server.daemon_threads = True
        server.serve_forever()
