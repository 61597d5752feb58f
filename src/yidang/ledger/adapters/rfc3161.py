"""A time-stamping authority by RFC 3161. Evidence: {"response": the DER of the TimeStampResp, in base64, "time": …}.

Stamped is the SHA-256 of the checkpoint's text. The certificates to trust stand in `ledger-keys/tsa/*.pem`; without
them the stamp is kept and nobody here can say whether it holds. Needs the extra `rfc3161`.
"""

import base64
import hashlib
from http import HTTPStatus
from pathlib import Path
from typing import Any

from yidang.kernel.errors import Conflict, Unavailable
from yidang.ledger.adapters.http import post
from yidang.ledger.anchoring.addresses import Address
from yidang.ledger.events import say_time
from yidang.ledger.folder import LedgerFolder
from yidang.ledger.notes import Checkpoint
from yidang.ledger.ports import Evidence

_REQUEST = "application/timestamp-query"


class TimeStampAnchor:
    def __init__(self, address: Address, certificates: Path) -> None:
        self._url = address.url
        self._certificates = certificates

    def keep(self, log: LedgerFolder) -> tuple[Checkpoint, Evidence]:
        client = _client()
        head = log.checkpoint()
        asked = client.TimestampRequestBuilder().data(head.text.encode()).hash_algorithm(_sha256()).build()
        status, body = post(self._url, asked.as_bytes(), kind=_REQUEST)
        answer = _decoded(client, status, body)
        if answer.tst_info.nonce != asked.nonce or not self._is_of(answer, head.text):
            raise Unavailable("ledger_anchor_answer")
        if self._verified(answer, head.text) is False:
            raise Conflict("ledger_stamp_untrusted", size=head.size)
        said = {"response": base64.b64encode(body).decode(), "time": say_time(answer.tst_info.gen_time)}
        return head, said

    def holds(self, text: str, evidence: Evidence, /) -> bool | None:
        client = _client()
        try:
            answer = _decoded(client, HTTPStatus.OK, base64.b64decode(str(evidence["response"]), validate=True))
        except (Unavailable, ValueError, KeyError):
            return False
        if not self._is_of(answer, text) or say_time(answer.tst_info.gen_time) != evidence.get("time"):
            return False
        return self._verified(answer, text)

    def compare(self, log: LedgerFolder) -> None:
        """An authority remembers nothing: what it stamped is checked as evidence."""

    @staticmethod
    def _is_of(answer: Any, text: str) -> bool:
        return bool(answer.tst_info.message_imprint.message == hashlib.sha256(text.encode()).digest())

    def _verified(self, answer: Any, text: str) -> bool | None:
        from rfc3161_client import VerificationError, VerifierBuilder

        given = [one for path in sorted(self._certificates.glob("*.pem")) for one in _certificates(path)]
        if not given:
            return None
        builder = VerifierBuilder()
        for one in given:
            is_root = one.issuer == one.subject
            add = builder.add_root_certificate if is_root else builder.add_intermediate_certificate
            builder = add(one)
        try:
            return bool(builder.build().verify_message(answer, text.encode()))
        except (VerificationError, ValueError):
            return False


def _certificates(path: Path) -> list[Any]:
    from cryptography.x509 import load_pem_x509_certificates

    return load_pem_x509_certificates(path.read_bytes())


def _client() -> Any:
    """Raises Unavailable `ledger_anchor_engine`."""
    try:
        import rfc3161_client
    except ImportError:
        raise Unavailable("ledger_anchor_engine", retryable=False, extra="rfc3161") from None
    return rfc3161_client


def _sha256() -> Any:
    from rfc3161_client import HashAlgorithm

    return HashAlgorithm.SHA256


def _decoded(client: Any, status: int, body: bytes) -> Any:
    """Raises Unavailable `ledger_anchor_answer`, for a refusal too: that has no stamp."""
    try:
        answer = client.decode_timestamp_response(body) if status == HTTPStatus.OK else None
        is_stamp = answer is not None and answer.tst_info.gen_time is not None
    except ValueError:
        is_stamp = False
    if not is_stamp:
        raise Unavailable("ledger_anchor_answer")
    return answer
