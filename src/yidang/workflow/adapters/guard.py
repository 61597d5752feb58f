"""Where a webhook may go: never into the house's own network, unless the setting names the place.

A name is resolved once, every address it has must be allowed, and the connection is made to the very address that was
looked at: a name that answers differently a moment later (DNS rebinding) gains nothing.
"""

import ipaddress
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from yidang.workflow.errors import Undelivered

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_PORTS = {"http": 80, "https": 443}
# Addresses of IPv6 that carry one of IPv4 inside, and reach it through a translator on the way.
_TRANSLATED = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


@dataclass(frozen=True, slots=True)
class Place:
    scheme: str
    host: str
    port: int
    path: str
    address: str


def place_of(url: str, allowed: Iterable[str]) -> Place:
    """Where to connect to.

    Raises:
        Undelivered: `webhook_url_malformed`, `webhook_place_forbidden`, `webhook_name_unknown`.
    """
    parts, port = _parts(url)
    host = str(parts.hostname)
    addresses = _resolve(host, port)
    if not all(is_allowed(host, address, allowed) for address in addresses):
        raise Undelivered("webhook_place_forbidden", is_permanent=True)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, host, port, path, str(addresses[0]))


def check_url(url: str) -> None:
    """What can be said of an address without asking the network. Raises Undelivered `webhook_url_malformed`."""
    _parts(url)


def _parts(url: str) -> tuple[SplitResult, int]:
    malformed = Undelivered("webhook_url_malformed", is_permanent=True)
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS[parts.scheme]
        (parts.hostname or "").encode("idna")
    except (ValueError, KeyError):
        raise malformed from None
    plain = url.isascii() and url.isprintable() and " " not in url
    if not (plain and parts.hostname) or parts.username is not None or parts.fragment:
        raise malformed
    return parts, port


def _resolve(host: str, port: int) -> list[Address]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        raise Undelivered("webhook_name_unknown", is_permanent=False) from None
    texts = dict.fromkeys(str(entry[4][0]).partition("%")[0] for entry in found)
    return [ipaddress.ip_address(text) for text in texts]


def is_allowed(host: str, address: Address, allowed: Iterable[str]) -> bool:
    """Public, or named by the setting: a host name, an address or a network."""
    return is_public(address) or any(_names(entry, host, address) for entry in allowed)


def is_public(address: Address) -> bool:
    inner = _carried(address)
    if inner is not None:
        return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


def _carried(address: Address) -> Address | None:
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if any(address in network for network in _TRANSLATED):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def _names(entry: str, host: str, address: Address) -> bool:
    try:
        return address in ipaddress.ip_network(entry, strict=False)
    except ValueError:
        return entry.lower() == host.lower()
