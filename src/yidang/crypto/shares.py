"""A root key split among people: k of n printed shares give it back, fewer say nothing of it.

A share is text: `YDS1-` and base32 (RFC 4648) in groups of four, of
set (4 bytes) ‖ root key number (2) ‖ needed (1) ‖ share number (1) ‖ SM3(root key) first 4 ‖ share (32) ‖ SM3 of all
that first 4. The set is random, so that shares of two splits are told apart.
"""

import base64
import re
import secrets
import struct
from collections.abc import Sequence
from dataclasses import dataclass

from yidang.crypto import shamir
from yidang.crypto.sm import sm3
from yidang.kernel.errors import Invalid

_TITLE = "YDS1"
_FIELDS = struct.Struct(">4sHBB4s32s")
_CHECK = 4


@dataclass(frozen=True, slots=True)
class Share:
    set: bytes
    root: int
    needed: int
    number: int
    check: bytes
    value: bytes

    def text(self) -> str:
        body = _FIELDS.pack(self.set, self.root, self.needed, self.number, self.check, self.value)
        letters = base64.b32encode(body + sm3(body)[:_CHECK]).decode().rstrip("=")
        return "-".join([_TITLE, *(letters[start : start + 4] for start in range(0, len(letters), 4))])


@dataclass(frozen=True, slots=True)
class Recovered:
    root: int
    secret: bytes


def check_counts(*, shares: int, needed: int) -> None:
    """Raises Invalid `share_counts` unless 2 <= needed <= shares <= 255."""
    if not 2 <= needed <= shares <= shamir.MOST:  # noqa: PLR2004 - one share would be the key itself
        raise Invalid("share_counts", most=shamir.MOST)


def split_root(secret: bytes, *, root: int, shares: int, needed: int) -> list[Share]:
    """Raises as `check_counts`."""
    check_counts(shares=shares, needed=needed)
    parts = shamir.split(secret, shares=shares, needed=needed)
    mark = secrets.token_bytes(4)
    return [Share(mark, root, needed, number, sm3(secret)[:_CHECK], value) for number, value in parts.items()]


def read_share(text: str, place: int = 1) -> Share:
    """As typed: case, blanks and hyphens do not matter. Raises Invalid `share_malformed`, naming its `place`."""
    letters = re.sub(r"[\s-]", "", text).upper().removeprefix(_TITLE)
    try:
        whole = base64.b32decode(letters + "=" * (-len(letters) % 8))
        body, check = whole[:-_CHECK], whole[-_CHECK:]
        share = Share(*_FIELDS.unpack(body))
    except (ValueError, struct.error):
        raise Invalid("share_malformed", place=place) from None
    if sm3(body)[:_CHECK] != check or share.number == 0:
        raise Invalid("share_malformed", place=place)
    return share


def recover_root(texts: Sequence[str]) -> Recovered:
    """Raises Invalid `share_malformed`, `shares_mixed`, `share_repeated`, `shares_too_few`, `shares_wrong`."""
    shares = [read_share(text, place) for place, text in enumerate(texts, 1)]
    if len({(one.set, one.root, one.needed, one.check) for one in shares}) > 1:
        raise Invalid("shares_mixed")
    if len({one.number for one in shares}) < len(shares):
        raise Invalid("share_repeated")
    if not shares or len(shares) < shares[0].needed:
        raise Invalid("shares_too_few", given=len(shares), needed=shares[0].needed if shares else 2)
    secret = shamir.combine({one.number: one.value for one in shares})
    if sm3(secret)[:_CHECK] != shares[0].check:
        raise Invalid("shares_wrong")
    return Recovered(shares[0].root, secret)
