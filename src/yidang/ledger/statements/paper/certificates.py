"""The bureau's certificate for signing PDFs: given by a setting, or made by an authority of the house's own.

The house's own stands in `home/certificates`: authority.crt and signer.crt; their keys lie sealed with
those of the log. Who is to trust it installs authority.crt.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

from yidang.crypto.durable import create_durably, replace_durably
from yidang.kernel.clock import now
from yidang.kernel.errors import Unavailable
from yidang.ledger.signing import private_of

_AUTHORITY_LASTS = timedelta(days=20 * 365)
_SIGNER_LASTS = timedelta(days=5 * 365)
_RENEWED_BEFORE = timedelta(days=365)
_AUTHORITY = "statement-authority"


@dataclass(frozen=True, slots=True)
class Identity:
    """`chain`: the issuers, the nearest first; `crls` in DER, of the house's own authority only."""

    certificate: x509.Certificate
    key: PrivateKeyTypes
    chain: tuple[x509.Certificate, ...]
    crls: tuple[bytes, ...] = ()

    @property
    def key_der(self) -> bytes:
        return self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def identity() -> Identity:
    """Raises Unavailable `certificate_unreadable` when the certificate that a setting names cannot be used."""
    config = settings.YIDANG
    if config.statement_certificate:
        return _given(Path(config.statement_certificate), Path(config.statement_key or config.statement_certificate))
    return _own(config.home, config.bureau_name)


def _given(certificate: Path, key: Path) -> Identity:
    try:
        found = x509.load_pem_x509_certificates(certificate.read_bytes())
        return Identity(found[0], load_pem_private_key(key.read_bytes(), None), tuple(found[1:]))
    except (OSError, ValueError, TypeError, IndexError):
        raise Unavailable("certificate_unreadable", retryable=False, path=str(certificate)) from None


def _own(home: Path, bureau: str) -> Identity:
    folder = home / "certificates"
    if not (folder / "authority.crt").exists():
        _make_authority(home, folder, bureau)
    authority = x509.load_pem_x509_certificate((folder / "authority.crt").read_bytes())
    if not _is_current(folder / "signer.crt"):
        _make_signer(home, folder, bureau, authority)
    signer = x509.load_pem_x509_certificate((folder / "signer.crt").read_bytes())
    return Identity(signer, _opened(home, _name_of(signer)), (authority,), (_no_revocations(home, authority),))


def _is_current(path: Path) -> bool:
    if not path.exists():
        return False
    return x509.load_pem_x509_certificate(path.read_bytes()).not_valid_after_utc - now() > _RENEWED_BEFORE


def _make_authority(home: Path, folder: Path, bureau: str) -> None:
    """The key that lies there already, where a kill came between it and its certificate."""
    private_of(home, _AUTHORITY, make=lambda: _der(ec.generate_private_key(ec.SECP256R1())))
    key = _opened(home, _AUTHORITY)
    name = _name(bureau, "Yidang Statement Authority")
    builder = _builder(name, name, key, now(), _AUTHORITY_LASTS)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    builder = builder.add_extension(_usage(is_authority=True), critical=True)
    made = builder.sign(key, hashes.SHA256())
    create_durably(folder / "authority.crt", made.public_bytes(Encoding.PEM), mode=0o644)


def _make_signer(home: Path, folder: Path, bureau: str, authority: x509.Certificate) -> None:
    issuer_key = _opened(home, _AUTHORITY)
    key = ec.generate_private_key(ec.SECP256R1())
    builder = _builder(_name(bureau, "Statements"), authority.subject, key, now(), _SIGNER_LASTS)
    builder = builder.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    builder = builder.add_extension(_usage(is_authority=False), critical=True)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(issuer_key.public_key()), critical=False
    )
    made = builder.sign(issuer_key, hashes.SHA256())
    private_of(home, _name_of(made), make=lambda: _der(key))
    replace_durably(folder / "signer.crt", made.public_bytes(Encoding.PEM), mode=0o644)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, at: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(minutes=5))
        .not_valid_after(at + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _usage(*, is_authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not is_authority,
        content_commitment=not is_authority,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=is_authority,
        crl_sign=is_authority,
        encipher_only=False,
        decipher_only=False,
    )


def _name(bureau: str, role: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, bureau[:64]),
            x509.NameAttribute(NameOID.COMMON_NAME, role),
        ]
    )


def _no_revocations(home: Path, authority: x509.Certificate) -> bytes:
    """The authority's word, as of now, that it has revoked nothing: for a reader of the PDF without a network."""
    key = _opened(home, _AUTHORITY)
    moment = now()
    builder = x509.CertificateRevocationListBuilder().issuer_name(authority.subject)
    builder = builder.last_update(moment - timedelta(minutes=5)).next_update(moment + timedelta(days=30))
    builder = builder.add_extension(x509.CRLNumber(int(moment.timestamp())), critical=False)
    builder = builder.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False
    )
    return builder.sign(key, hashes.SHA256()).public_bytes(Encoding.DER)


def _name_of(signer: x509.Certificate) -> str:
    """Each certificate has a key of its own name, so that a renewal replaces none."""
    return f"statement-signer-{signer.serial_number:x}"


def _der(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def _opened(home: Path, name: str) -> ec.EllipticCurvePrivateKey:
    key = load_der_private_key(private_of(home, name, make=lambda: None), None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)  # noqa: S101 - we sealed nothing else there
    return key
