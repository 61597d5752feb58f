"""Yidang's settings: from `YIDANG_*` in the environment, else from `yidang.toml` in the data folder.

Unknown names and values are refused with the allowed ones named.
"""

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin
from urllib.parse import urlsplit

from yidang.kernel.errors import Invalid

PREFIX = "YIDANG_"


def _cores() -> int:
    return len(os.sched_getaffinity(0))


@dataclass(frozen=True)
class Config:
    """Every setting with its default. The environment name is `YIDANG_` + the upper-cased field name."""

    home: Path = field(default_factory=lambda: Path.home() / "yidang")
    database_url: str = ""  # blank: the embedded PostgreSQL
    store: str = ""  # file:///path or s3://bucket/prefix; blank: home/store
    sensitive_store: str = ""  # of the most sensitive class, likewise; blank: home/store-sensitive
    cold_store: str = ""  # of what is rarely asked for, likewise; blank: home/store-cold
    replicas: str = ""  # further stores that hold every record too, with blanks between
    write_quorum: int = 0  # how many stores must have a record before it counts; 0: more than half
    backup_to: str = ""  # a folder or s3://bucket/prefix; blank: nothing is copied by itself
    backup_keys_to: str = ""  # likewise, elsewhere: where the keys are copied
    settlement_series: str = "DYJS,CWPZ,DZZF"  # inpatient settlements, vouchers, payments online: copied every day
    backup_schedule: str = "daily 01:30"  # daily, or a day of the week, with the hour (UTC)
    witnesses: str = ""  # "<url> <public key> [<public key>]", several with commas: who cosigns our checkpoints
    witnesses_needed: int = 1  # so many of them must have cosigned before an entry counts as out of our hands
    witness_seconds: int = 60  # between two cosigned checkpoints: so long could a holder of the live key still lie
    anchors: str = ""  # file:///…, rfc3161+https://…, evm+https://…#0x…, several with commas: who keeps our checkpoints
    anchors_needed: int = 1
    anchor_seconds: int = 3600  # between two anchored checkpoints, unless something presses
    root_key: str = "file"  # how a first start keeps the root key: file, sealed or pkcs11:…
    root_passphrase_file: str = ""  # of a sealed root key; blank: systemd's credential, or asked at the terminal
    host: str = "127.0.0.1"
    port: int = 8080
    language: Literal["zh-hans", "en"] = "zh-hans"
    web_workers: int = 2
    job_workers: int = field(default_factory=_cores)
    ocr_workers: int = field(default_factory=_cores)
    filing_confidence: float = 0.9  # at or above it an item is filed without a person
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    s3_endpoint: str = ""  # blank: Amazon's own
    allowed_hosts: str = "localhost,127.0.0.1,[::1]"
    second_factor_roles: str = "all"  # or some of them with commas; "none": nobody must
    sessions_per_person: int = 3  # 0: any number
    session_idle_minutes: int = 30
    session_hours: int = 8
    password_history: int = 5  # so many earlier passwords are not taken again
    oidc_issuer: str = ""  # blank: no single sign-on
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_claim: str = "preferred_username"  # which claim is the user name here
    public_url: str = ""  # by which people reach this house: links in mails and webhooks; blank: host and port
    bureau_name: str = "医疗保障经办机构"  # as it stands on statements and in the certificate that signs them
    statement_certificate: str = ""  # PEM, with its chain; blank: one from an authority of the house's own
    statement_key: str = ""  # PEM; blank: in the certificate's file
    timestamp_url: str = ""  # an RFC 3161 service for signed PDFs; blank: no timestamp
    smtp_url: str = ""  # smtp://, smtp+starttls:// or smtps://user:password@host:port; blank: no mail
    mail_from: str = "Yidang <yidang@localhost>"
    tls: Literal["auto", "off", "local", "files", "proxy"] = "auto"  # auto: local unless only this machine can connect
    tls_certificate: str = ""  # with tls = files: the chain in PEM
    tls_key: str = ""
    http_redirect_port: int = 0  # plain HTTP that sends everybody to HTTPS; 0: none
    notice_keep_days: int = 730  # so long notices read and messages sent or given up stay; 0: for ever
    mqtt_url: str = ""  # mqtt:// or mqtts://user:password@host:port/prefix: where sensors of the storeroom speak
    climate_keep_days: int = 30  # so long single readings stay; their hours stay for ever
    capture_folder: str = ""  # where business systems lay finished cases down; blank: no folder is watched
    virus_scanner: str = ""  # a clamd socket, a clamscan command, or "none"; blank: looked for
    webhook_allowed: str = ""  # hosts, addresses or networks inside the house that webhooks may reach

    @property
    def store_url(self) -> str:
        return self._with_replicas(self.store or (self.home / "store").as_uri())

    @property
    def tls_is_local(self) -> bool:
        """Whether this house serves HTTPS with a certificate of its own authority."""
        return self.tls == "local" or (self.tls == "auto" and self.host not in LOOPBACK)

    @property
    def is_https(self) -> bool:
        """Whether this process serves HTTPS itself."""
        return self.tls_is_local or self.tls == "files"

    @property
    def reaches_browsers_by_https(self) -> bool:
        return self.is_https or self.tls == "proxy"

    def address(self, port: int) -> str:
        scheme = "https" if self.is_https else "http"
        return f"{scheme}://{f'[{self.host}]' if ':' in self.host else self.host}:{port}"

    @property
    def sensitive_store_url(self) -> str:
        return self._with_replicas(self.sensitive_store or (self.home / "store-sensitive").as_uri(), "-sensitive")

    @property
    def cold_store_url(self) -> str:
        return self._with_replicas(self.cold_store or (self.home / "store-cold").as_uri(), "-cold")

    def _with_replicas(self, url: str, suffix: str = "") -> str:
        """One address, or `quorum=<n>` and all of them."""
        others = [one.rstrip("/") + suffix for one in self.replicas.split()]
        return " ".join([f"quorum={self.write_quorum}", url, *others]) if others else url


def load(environ: Mapping[str, str]) -> Config:
    """Reads the settings.

    Raises:
        Invalid: `setting_unknown` or `setting_value`, with the name and what is allowed.
    """
    known = {f.name: f for f in fields(Config)}
    given: dict[str, Any] = {}
    home = Path(environ.get(PREFIX + "HOME") or _default("home")).expanduser().absolute()
    for name, value in _file_values(home / "yidang.toml").items():
        if name not in known:
            raise Invalid("setting_unknown", name=name, allowed=", ".join(known))
        given[name] = _convert(name, str(value), known[name])
    for variable, value in environ.items():
        if not variable.startswith(PREFIX):
            continue
        name = variable.removeprefix(PREFIX).lower()
        if name not in known:
            allowed = ", ".join(PREFIX + n.upper() for n in known)
            raise Invalid("setting_unknown", name=variable, allowed=allowed)
        if value:
            given[name] = _convert(variable, value, known[name])
    return _whole(Config(**(given | {"home": home})))


def _whole(config: Config) -> Config:
    """What no setting tells alone."""
    for name in ("tls_certificate", "tls_key") if config.tls == "files" else ():
        if not getattr(config, name):
            raise Invalid("setting_value", name=PREFIX + name.upper(), value="", allowed="/…/*.pem")
    for kind in ("witnesses", "anchors"):
        there, needed = _count(kind, getattr(config, kind)), getattr(config, f"{kind}_needed")
        if there and needed > there:
            name = f"{PREFIX}{kind.upper()}_NEEDED"
            raise Invalid("setting_value", name=name, value=needed, allowed=f"1–{there}")
    return config


def _count(kind: str, text: str) -> int:
    if not text:
        return 0
    return len(_ledger().parse_witnesses(text) if kind == "witnesses" else _ledger().parse_anchors(text))


def _ledger() -> Any:
    """Only where it is set: it brings cryptography along, and `yidang --help` answers at once."""
    from yidang.ledger.anchoring import addresses

    return addresses


LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
ROLES = frozenset(
    {
        "archivist",
        "reader",
        "doctor",
        "manager",
        "section_head",
        "storekeeper",
        "acceptor",
        "inspector",
        "decision_signer",
        "credit_admin",
        "institution_clerk",
        "system_admin",
        "security_admin",
        "audit_admin",
    }
)

# What a value must be beyond its type: a test and how to say it.
_BOUNDS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "port": (lambda port: 0 <= port <= 65535, "0–65535"),  # noqa: PLR2004
    "http_redirect_port": (lambda port: 0 <= port <= 65535, "0–65535"),  # noqa: PLR2004
    "tls_certificate": (lambda path: not path or Path(path).is_file(), "/…/fullchain.pem"),
    "tls_key": (lambda path: not path or Path(path).is_file(), "/…/key.pem"),
    "web_workers": (lambda count: count >= 1, "≥ 1"),
    "job_workers": (lambda count: count >= 1, "≥ 1"),
    "ocr_workers": (lambda count: count >= 0, "≥ 0"),
    "witnesses": (lambda text: not text or _ledger().is_witnesses(text), "<url> <public key> [<public key>], …"),
    "witnesses_needed": (lambda count: count >= 1, "≥ 1"),
    "witness_seconds": (lambda seconds: 1 <= seconds <= 86400, "1–86400"),  # noqa: PLR2004
    "anchors": (lambda text: not text or _ledger().is_anchors(text), "file:///…, rfc3161+https://…, evm+https://…#0x…"),
    "anchors_needed": (lambda count: count >= 1, "≥ 1"),
    "anchor_seconds": (lambda seconds: 1 <= seconds <= 86400, "1–86400"),  # noqa: PLR2004
    "notice_keep_days": (lambda days: days == 0 or days >= 7, "0, ≥ 7"),  # noqa: PLR2004 - dead letters are tried again
    "mqtt_url": (lambda url: not url or urlsplit(url).scheme in {"mqtt", "mqtts"}, "mqtt://…, mqtts://…"),
    "climate_keep_days": (lambda days: 2 <= days <= 3650, "2–3650"),  # noqa: PLR2004 - a day's change needs a day
    "filing_confidence": (lambda share: 0 <= share <= 1, "0–1"),
    "second_factor_roles": (
        lambda given: given in {"all", "none"} or set(given.split(",")) <= ROLES,
        ", ".join(["all", "none", *sorted(ROLES)]),
    ),
    "sessions_per_person": (lambda count: count >= 0, "≥ 0"),
    "session_idle_minutes": (lambda minutes: minutes >= 1, "≥ 1"),
    "session_hours": (lambda hours: hours >= 1, "≥ 1"),
    "password_history": (lambda count: 0 <= count <= 24, "0–24"),  # noqa: PLR2004
    "oidc_issuer": (
        lambda url: not url or urlsplit(url).scheme == "https" or urlsplit(url).hostname in {"localhost", "127.0.0.1"},
        "https://…",
    ),
    "store": (lambda url: not url or urlsplit(url).scheme in {"file", "s3"}, "file:///…, s3://…"),
    "root_key": (lambda place: place in {"file", "sealed"} or place.startswith("pkcs11:"), "file, sealed, pkcs11:…"),
    "cold_store": (lambda url: not url or urlsplit(url).scheme in {"file", "s3"}, "file:///…, s3://…"),
    "sensitive_store": (lambda url: not url or urlsplit(url).scheme in {"file", "s3"}, "file:///…, s3://…"),
    "public_url": (lambda url: not url or urlsplit(url).scheme in {"http", "https"}, "https://…"),
    "smtp_url": (
        lambda url: not url or urlsplit(url).scheme in {"smtp", "smtp+starttls", "smtps"},
        "smtp://…, smtp+starttls://…, smtps://…",
    ),
    "database_url": (
        lambda url: not url or urlsplit(url).scheme in {"postgresql", "postgres"},
        "postgresql://…",
    ),
}


def _default(name: str) -> Any:
    spec = next(f for f in fields(Config) if f.name == name)
    return spec.default_factory() if spec.default_factory is not MISSING else spec.default


def _file_values(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as problem:
        raise Invalid("setting_file", path=str(path), problem=str(problem)) from problem


def _convert(name: str, value: str, spec: Field[Any]) -> Any:
    if get_origin(spec.type) is Literal:
        allowed = ", ".join(get_args(spec.type))
        return _checked(name, value, lambda given: given in get_args(spec.type), allowed)
    try:
        converted = Path(value).expanduser().absolute() if spec.type is Path else spec.type(value)  # type: ignore[operator]
    except ValueError:
        allowed = getattr(spec.type, "__name__", "")
        raise Invalid("setting_value", name=name, value=value, allowed=allowed) from None
    holds, allowed = _BOUNDS.get(spec.name, (lambda _: True, ""))
    return _checked(name, converted, holds, allowed)


def _checked(name: str, value: Any, holds: Callable[[Any], bool], allowed: str) -> Any:
    if not holds(value):
        raise Invalid("setting_value", name=name, value=value, allowed=allowed)
    return value
