"""Words may name a person or an illness, so a URL carries them sealed; a log or a history shows nothing."""

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode

from yidang.crypto.fields import open_field, seal_field
from yidang.kernel.errors import Invalid

_PLACE = {"table": "access.query", "row": "", "field": "words"}


def seal_words(text: str) -> str:
    """The search box's text as a URL value; blank stays blank."""
    if not text:
        return ""
    return urlsafe_b64encode(seal_field(text.encode(), **_PLACE)).decode("ascii").rstrip("=")


def open_words(token: str) -> str:
    """Raises Invalid `query_link_malformed` for a token that this archive did not make."""
    if not token:
        return ""
    try:
        sealed = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        return open_field(sealed, **_PLACE).decode()
    except (binascii.Error, ValueError, Invalid):
        raise Invalid("query_link_malformed") from None
