"""What leaves this machine: is it encrypted on its way?"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from cryptography import x509

from yidang.kernel import clock
from yidang.site.cli.language import _
from yidang.site.config import LOOPBACK, Config
from yidang.site.doctor.finding import Finding, doubtful, good, wrong

_SOON = timedelta(days=30)
_CHECKED = {"verify-ca", "verify-full"}


def to_browsers(config: Config) -> Iterator[Finding]:
    if config.tls == "files":
        yield _bureaus_certificate(Path(config.tls_certificate))
    elif config.reaches_browsers_by_https or config.host in LOOPBACK:
        yield good("https", _("Browsers reach {address}.").format(address=config.address(config.port)))
    else:
        message = _("Other machines reach this server by plain HTTP: passwords cross the network in clear.")
        yield wrong("https", message, _("Leave YIDANG_TLS at auto, or put a TLS proxy in front and set it to proxy."))


def _bureaus_certificate(certificate: Path) -> Finding:
    ends = x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc
    message = _("The certificate is valid until {day:%Y-%m-%d}.").format(day=ends)
    if ends - clock.now() > _SOON:
        return good("https", message)
    return wrong("https", message, _("Put the renewed certificate at {path} and restart.").format(path=certificate))


def to_engines(config: Config) -> Iterator[Finding]:
    """Database and object store by a network."""
    database = urlsplit(config.database_url)
    if database.hostname not in {None, *LOOPBACK}:
        mode = parse_qs(database.query).get("sslmode", ["require"])[0]
        message = _("The database's connection has sslmode={mode}.").format(mode=mode)
        remedy = _("Add ?sslmode=verify-full&sslrootcert=FILE to YIDANG_DATABASE_URL.")
        yield good("database_tls", message) if mode in _CHECKED else doubtful("database_tls", message, remedy)
    endpoint = urlsplit(config.s3_endpoint)
    if endpoint.scheme == "http" and endpoint.hostname not in LOOPBACK:
        message = _("The object store is reached by plain HTTP. Its content is encrypted, its access keys are signed.")
        yield doubtful("store_tls", message, _("Give YIDANG_S3_ENDPOINT an https:// address."))
