"""A signed PDF, made by an engine that most commands never need: it is loaded with the first one."""

from yidang.ledger.statements.paper.certificates import Identity


def sign_pdf(pdf: bytes, who: Identity, *, reason: str) -> bytes:
    """Raises Unavailable `timestamp_unavailable`, retryable."""
    from yidang.ledger.statements.paper import pades

    return pades.sign_pdf(pdf, who, reason=reason)
