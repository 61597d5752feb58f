"""Keeps the index abreast of the catalogue. One process feeds: the keeper of a running server, or a command."""

import logging
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from yidang.access.adapters.tantivy_index import TantivyIndex
from yidang.access.documents import documents
from yidang.access.engine import index_of, search_index, tokens, tokens_of
from yidang.access.ports import IndexedItem
from yidang.access.words.tokens import Tokens
from yidang.holdings import queries
from yidang.holdings.models import Change, Item
from yidang.kernel.errors import Unavailable

_log = logging.getLogger(__name__)
_BATCH = 200
_LOOK_AGAIN = 0.2  # seconds


def feed(limit: int = 1000) -> int:
    """Takes in what changed since the last time; the number of items looked at. Builds an index that is missing.

    Raises:
        Unavailable: `index_busy` when another process feeds.
    """
    if _request().exists():
        count = _build()
        _request().unlink(missing_ok=True)
        return count
    known = _watermark()
    if known is None or known > _last_change():
        return _build()
    changed = queries.changes_since(known, limit)
    if changed.watermark == known:
        return 0
    fresh = list(documents(changed.items, tokens()))
    gone = set(changed.items) - {entry.item for entry in fresh}
    search_index().apply(documents=fresh, removed=gone, watermark=changed.watermark)
    return len(changed.items)


def rebuild_index() -> int:
    """Builds the whole index anew from catalogue and store; the number of items looked at.

    While a server runs its keeper holds the index, so the keeper is asked to, and waited for.
    """
    try:
        return _build()
    except Unavailable as refusal:
        if refusal.code != "index_busy":
            raise
    _request().touch()
    while _request().exists():
        time.sleep(_LOOK_AGAIN)
    return Item.objects.count()


def build_under(version: int) -> int:
    """The index of a new version of its keys, beside the one that answers; that one goes as soon as this one is whole.

    Raises:
        Unavailable: `index_busy` when another process builds it.
    """
    former, fresh = search_index(), index_of(version)
    if (known := former.watermark()) is not None:
        former.apply(documents=[], removed=[], watermark=known)  # whoever feeds it is the one to do this
    count = _fill(fresh, tokens_of(version))
    fresh.close()
    former.discard()
    return count


def _build() -> int:
    _watermark()  # throws away what cannot be read
    return _fill(search_index(), tokens())


def _fill(index: TantivyIndex, under: Tokens) -> int:
    # First, so that what changes from here on is fed again; through the outbox's lock, so that it hides no gap.
    watermark = queries.changes_since(max(_last_change() - 1, 0)).watermark
    counted = _Counted(_all_documents(under))
    index.replace_all(documents=counted, watermark=watermark)
    return counted.count


def catch_up() -> int:
    """Feeds until nothing is left: for commands, which cannot wait for the keeper."""
    total = 0
    while taken := feed():
        total += taken
    return total


class _Counted:
    def __init__(self, entries: Iterator[IndexedItem]) -> None:
        self._entries = entries
        self.count = 0

    def __iter__(self) -> Iterator[IndexedItem]:
        for entry in self._entries:
            self.count += 1
            yield entry


def _all_documents(tokens: Tokens) -> Iterator[IndexedItem]:
    ids = Item.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=10 * _BATCH)
    while some := list(islice(ids, _BATCH)):
        yield from documents(some, tokens)


def _request() -> Path:
    """There while somebody waits for the keeper to build the index anew."""
    folder: Path = settings.YIDANG.home / "index"
    return folder / "rebuild-requested"


def _watermark() -> int | None:
    index = search_index()
    try:
        return index.watermark()
    except Unavailable as broken:
        _log.warning("the search index cannot be read (%s) and is built anew", broken.code)
        index.discard()
        return None


def _last_change() -> int:
    return Change.objects.aggregate(last=Max("pk"))["last"] or 0
