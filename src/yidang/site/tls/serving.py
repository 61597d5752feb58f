"""What the web server and the settings need to know of HTTPS."""

import ipaddress
import socket
import ssl
from pathlib import Path

from yidang.site.config import Config
from yidang.site.tls import authority

_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - compared with, never listened on


def pair(config: Config) -> tuple[Path, Path] | None:
    """Certificate and key to serve with; None for plain HTTP. Makes or renews our own."""
    if not config.is_https:
        return None
    if config.tls == "files":
        return Path(config.tls_certificate), Path(config.tls_key)
    return authority.server_pair(config.home, names(config))


def names(config: Config) -> list[str]:
    """By which browsers may call this house: the allowed hosts, the machine's own name and its address."""
    called = [name.strip().strip("[]") for name in config.allowed_hosts.split(",")]
    own = [socket.gethostname(), *([config.host] if config.host not in _EVERYWHERE else _addresses())]
    return list(dict.fromkeys(name for name in [*called, *own] if _can_be_certified(name)))


def context(default: ssl.SSLContext) -> ssl.SSLContext:
    """TLS 1.2 is what the office browsers of the last ten years know; below it nothing is safe."""
    default.minimum_version = ssl.TLSVersion.TLSv1_2
    return default


def _addresses() -> list[str]:
    try:
        return sorted({str(entry[4][0]) for entry in socket.getaddrinfo(socket.gethostname(), None)})
    except OSError:
        return []


def _can_be_certified(name: str) -> bool:
    """A wildcard host such as `*` or `.example.org` is no name, nor is an address with a zone."""
    if not name or name.startswith((".", "*")):
        return False
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return "%" not in name and name.isascii()
    return "%" not in name
