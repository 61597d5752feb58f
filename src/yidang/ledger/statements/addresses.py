"""What a code holds: an address that a phone's camera opens, with the statement behind the #.

What stands behind a # is not sent to any server and stands in no server's log; the page there hands it over.
"""

import re

from yidang.ledger.statements import digits
from yidang.ledger.statements.cbor import Malformed

PATH = "/check/"
_LONGEST = 4096
_BLANKS = re.compile(r"\s+")


def address_of(data: bytes, base: str) -> str:
    return f"{base.rstrip('/')}{PATH}#{digits.pack(data)}"


def data_of(text: str) -> bytes:
    """Of an address or of the digits alone, blanks and line ends ignored. Raises Malformed."""
    if len(text) > _LONGEST:
        raise Malformed("too long")
    packed = _BLANKS.sub("", text).rpartition("#")[2]
    if not packed:
        raise Malformed("nothing there")
    return digits.unpack(packed)
