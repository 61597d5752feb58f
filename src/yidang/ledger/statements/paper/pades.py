"""PAdES through pyHanko: baseline T where a timestamp service is set up, else B with the validation material inside."""

from io import BytesIO

from asn1crypto import crl as asn1_crl
from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers, timestamps
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from yidang.kernel.errors import Unavailable
from yidang.ledger.statements.paper.certificates import Identity

_TIMESTAMP_SECONDS = 10


def sign_pdf(pdf: bytes, who: Identity, *, reason: str) -> bytes:
    """Raises Unavailable `timestamp_unavailable`, retryable."""
    timestamper = _timestamper()
    context = None if timestamper else _context(who)
    metadata = signers.PdfSignatureMetadata(
        field_name="Statement",
        md_algorithm="sha256",
        reason=reason,
        subfilter=SigSeedSubFilter.PADES,
        validation_context=context,
        # pyHanko embeds all or nothing, and what proves a foreign stamp would have to be fetched.
        embed_validation_info=context is not None,
    )
    signer = signers.PdfSigner(metadata, signer=_signer(who), timestamper=timestamper)
    sink = BytesIO()
    try:
        signer.sign_pdf(IncrementalPdfFileWriter(BytesIO(pdf)), output=sink)
    except timestamps.TimestampRequestError:
        raise Unavailable("timestamp_unavailable", retryable=True) from None
    return sink.getvalue()


def _signer(who: Identity) -> signers.SimpleSigner:
    store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    store.register_multiple([_asn1(one) for one in who.chain])
    return signers.SimpleSigner(
        signing_cert=_asn1(who.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(who.key_der),
        cert_registry=store,
    )


def _context(who: Identity) -> ValidationContext | None:
    """Of the house's own authority; nothing is fetched from anywhere."""
    if not who.crls:
        return None
    return ValidationContext(
        trust_roots=[_asn1(who.chain[-1])],
        crls=[asn1_crl.CertificateList.load(one) for one in who.crls],
        allow_fetching=False,
        revocation_mode="hard-fail",
    )


def _timestamper() -> timestamps.TimeStamper | None:
    url = settings.YIDANG.timestamp_url
    return timestamps.HTTPTimeStamper(url, timeout=_TIMESTAMP_SECONDS) if url else None


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
