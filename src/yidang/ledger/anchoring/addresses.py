"""Who keeps our checkpoints, as the settings say it.

YIDANG_WITNESSES  `<url> <public key> [<public key> …]`, several with commas; a key as `yidang witness` prints it
YIDANG_ANCHORS    `file:///folder`, `rfc3161+https://…`, `evm+https://…#0x<contract>`, several with commas
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from yidang.kernel.errors import Invalid
from yidang.ledger.cosigning import Cosigner, parse_cosigner

WITNESS, FILE, RFC3161, EVM = "witness", "file", "rfc3161", "evm"
_WEB = {"http", "https"}
_CONTRACT = re.compile(r"0x[0-9a-fA-F]{40}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """One witness or anchor. `name` is for people, `slug` for file names."""

    kind: str
    url: str
    cosigners: tuple[Cosigner, ...] = ()
    contract: str = ""

    @property
    def name(self) -> str:
        if self.cosigners:
            return self.cosigners[0].name
        parts = urlsplit(self.url)
        return parts.path if self.kind == FILE else (parts.hostname or "") + (f":{parts.port}" if parts.port else "")

    @property
    def slug(self) -> str:
        """Of a witness, its keys are the identity and not where it can be reached at the moment."""
        known = "\n".join(map(str, self.cosigners)) or f"{self.url}#{self.contract}"
        return f"{self.kind}-{hashlib.sha256(known.encode()).hexdigest()[:12]}"


def parse_witnesses(text: str) -> tuple[Address, ...]:
    """Raises Invalid `ledger_witness_address`."""
    return _different([_witness(one) for one in _parts(text)])


def parse_anchors(text: str) -> tuple[Address, ...]:
    """Raises Invalid `ledger_anchor_address`."""
    return _different([_anchor(one) for one in _parts(text)])


def is_witnesses(text: str) -> bool:
    return _is_good(lambda: parse_witnesses(text))


def is_anchors(text: str) -> bool:
    return _is_good(lambda: parse_anchors(text))


def _parts(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"[,\n]", text) if part.strip()]


def _witness(text: str) -> Address:
    url, *keys = text.split()
    try:
        cosigners = tuple(parse_cosigner(key) for key in keys)
    except Invalid:
        raise Invalid("ledger_witness_address", address=url) from None
    if not _is_web(url) or not cosigners or len({one.name for one in cosigners}) > 1:
        raise Invalid("ledger_witness_address", address=url)
    return Address(WITNESS, url.rstrip("/"), cosigners)


def _anchor(text: str) -> Address:
    kind, plus, rest = text.partition("+")
    if text.startswith("file:///") and not urlsplit(text).query:
        return Address(FILE, text)
    url, _sharp, contract = rest.partition("#")
    if plus and kind == RFC3161 and _is_web(rest):
        return Address(RFC3161, rest)
    if plus and kind == EVM and _is_web(url) and _CONTRACT.fullmatch(contract):
        return Address(EVM, url, contract=contract)
    raise Invalid("ledger_anchor_address", address=text)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in _WEB and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _different(found: list[Address]) -> tuple[Address, ...]:
    """The same witness twice is one witness: counting it twice would make k of n a lie."""
    return tuple({one.slug: one for one in found}.values())


def _is_good(parse: Callable[[], object]) -> bool:
    try:
        parse()
    except Invalid:
        return False
    return True
