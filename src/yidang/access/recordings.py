"""Sound and film in the reader: played in pieces from the sealed original, as far as the player asks."""

import re
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from yidang.holdings.models import Item, ItemFile
from yidang.holdings.queries import get_item
from yidang.holdings.showing import circumstances
from yidang.holdings.veil import is_in_clear
from yidang.identity.policy import Grant, Permission
from yidang.kernel.clock import now
from yidang.kernel.errors import Invalid, NotAllowed
from yidang.ledger.models import LedgerEntry
from yidang.ledger.operations import append
from yidang.preservation.content import open_content

PIECE = 2 * 1024 * 1024  # bytes of one answer; a player asks on
_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)
_ONE_HEARING = timedelta(hours=1)  # its pieces are one showing in the ledger


@dataclass(frozen=True)
class Recording:
    ordinal: int
    media_type: str
    size: int

    @property
    def is_film(self) -> bool:
        return self.media_type.startswith("video/")


@dataclass(frozen=True)
class Piece:
    """Bytes `start` to `end` (both counted) of `size`."""

    content: bytes
    start: int
    size: int
    media_type: str

    @property
    def end(self) -> int:
        return self.start + len(self.content) - 1


def recordings_of(item: Item) -> list[Recording]:
    files = item.files.all()
    return [Recording(one.ordinal, one.media_type, one.size) for one in files if _is_recording(one)]


def may_play(grant: Grant, item: Item) -> bool:
    """A recording has no words to cover: only who may see pages whole hears it."""
    return grant.allows(Permission.SEE_PAGES) or is_in_clear(grant, item)


@transaction.atomic
def piece_of(grant: Grant, item_id: UUID, ordinal: int, wanted: str) -> Piece:
    """What a `Range` header wants, PIECE bytes at most; from the beginning without one.

    Raises:
        NotFound: `item_not_found`. NotAllowed: `not_allowed`. Invalid: `recording_not_found`, `range_outside`.
    """
    item = get_item(grant, item_id)
    file = next((one for one in item.files.filter(ordinal=ordinal) if _is_recording(one)), None)
    if file is None:
        raise Invalid("recording_not_found")
    if not may_play(grant, item):
        raise NotAllowed("not_allowed")
    start, end = span(wanted, file.size)
    _note(grant, item, ordinal)
    with open_content(file.locator) as content:
        content.seek(start)
        return Piece(content.read(end - start), start, file.size, file.media_type)


def span(wanted: str, size: int) -> tuple[int, int]:
    """First byte and the one behind the last (RFC 9110, 14.1.2). Raises Invalid `range_outside`."""
    match = _RANGE.fullmatch(wanted)
    first, last = match.groups() if match else ("", "")
    if first:
        start, end = int(first), int(last) + 1 if last else size
    else:
        start, end = (max(size - int(last), 0), size) if last else (0, size)
    if not start < min(end, size):
        raise Invalid("range_outside", size=size)
    return start, min(end, size, start + PIECE)


def _is_recording(file: ItemFile) -> bool:
    return file.media_type.startswith(("audio/", "video/"))


def _note(grant: Grant, item: Item, ordinal: int) -> None:
    since = now() - _ONE_HEARING
    heard = LedgerEntry.objects.filter(subject=item.pk, action="recording.played", actor=grant.actor, at__gte=since)
    if not heard.exists():
        facts = circumstances(grant, item) | {"file": ordinal}
        append(action="recording.played", actor=grant.actor, subject=item.pk, facts=facts)
