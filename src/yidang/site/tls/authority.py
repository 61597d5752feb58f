"""A certificate authority of this house alone, for networks without one.

Files at `home/tls`: ca.crt and ca.key (ten years), server.crt and server.key (397 days, renewed at the start when a
month or less is left, or when the house is called by another name). ECDSA P-256: the curve every old browser knows.
"""

import ipaddress
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from yidang.crypto.durable import make_private_folder, replace_durably
from yidang.kernel import clock

_AUTHORITY_LIFE = timedelta(days=3650)
_SERVER_LIFE = timedelta(days=397)  # browsers refuse longer ones
_RENEW_BEFORE = timedelta(days=30)
_SLACK = timedelta(hours=1)  # for clocks of the office that run behind


def authority_certificate(home: Path) -> Path:
    return home / "tls" / "ca.crt"


def server_pair(home: Path, names: Sequence[str]) -> tuple[Path, Path]:
    """Certificate and key for these host names and addresses; made or renewed when needed."""
    folder = home / "tls"
    make_private_folder(folder)
    if not authority_certificate(home).exists():
        _make_authority(folder)
    certificate, key = folder / "server.crt", folder / "server.key"
    if not _still_serves(certificate, names):
        _make_server(folder, names)
    return certificate, key


def fingerprint(certificate: Path) -> str:
    """SHA-256, as browsers show it: pairs of hex digits with colons."""
    digest = x509.load_pem_x509_certificate(certificate.read_bytes()).fingerprint(hashes.SHA256())
    return digest.hex(":").upper()


def _make_authority(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = _named(f"Yidang local authority {clock.now():%Y-%m-%d}")
    usage = x509.KeyUsage(
        key_cert_sign=True,
        crl_sign=True,
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )
    made = (
        _builder(name, key.public_key(), _AUTHORITY_LIFE)
        .issuer_name(name)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    _write(folder / "ca.key", _private(key))
    _write(folder / "ca.crt", made.public_bytes(serialization.Encoding.PEM))  # last: with it the authority stands


def _make_server(folder: Path, names: Sequence[str]) -> None:
    authority = x509.load_pem_x509_certificate((folder / "ca.crt").read_bytes())
    signer = serialization.load_pem_private_key((folder / "ca.key").read_bytes(), password=None)
    if not isinstance(signer, ec.EllipticCurvePrivateKey):
        raise TypeError(type(signer).__name__)
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        _builder(_named(names[0]), key.public_key(), _SERVER_LIFE)
        .issuer_name(authority.subject)
        .add_extension(x509.SubjectAlternativeName([_alternative(name) for name in names]), critical=False)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()),
            critical=False,
        )
        .sign(signer, hashes.SHA256())
    )
    _write(folder / "server.key", _private(key))
    _write(folder / "server.crt", made.public_bytes(serialization.Encoding.PEM))


def _builder(name: x509.Name, key: ec.EllipticCurvePublicKey, life: timedelta) -> x509.CertificateBuilder:
    now = clock.now()
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _SLACK)
        .not_valid_after(now + life)
    )


def _still_serves(certificate: Path, names: Sequence[str]) -> bool:
    if not certificate.exists():
        return False
    found = x509.load_pem_x509_certificate(certificate.read_bytes())
    known = found.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    wanted = {_alternative(name) for name in names}
    return wanted <= set(known) and found.not_valid_after_utc - clock.now() > _RENEW_BEFORE


def _alternative(name: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(name.strip("[]")))
    except ValueError:
        return x509.DNSName(name)


def _named(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text[:64])])


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    return key.private_bytes(encoding, form, serialization.NoEncryption())


def _write(path: Path, content: bytes) -> None:
    replace_durably(path, content)
