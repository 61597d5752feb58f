"""Reading from several copies: a damaged one is passed over in the middle of a read; the scrub heals it later."""

import logging
from collections.abc import Iterator
from typing import BinaryIO

from yidang.crypto.sealed_reader import SealedReader
from yidang.kernel.errors import Invalid

log = logging.getLogger(__name__)


class SpareReader(SealedReader):
    """All copies hold the same bytes, so the chunk that does not open here is asked of the next one."""

    _spares: Iterator[BinaryIO] = iter(())

    def spared_by(self, spares: Iterator[BinaryIO]) -> "SpareReader":
        self._spares = spares
        return self

    def _open(self, first: int, last: int) -> bytearray:
        while True:
            try:
                return super()._open(first, last)
            except Invalid:
                spare = next(self._spares, None)
                if spare is None:
                    raise
                log.warning("a damaged copy is passed over; `yidang store scrub --repair` heals it")
                self._ciphertext.close()
                self._ciphertext = spare


def open_spared(sources: Iterator[BinaryIO], *, key: bytes, context: bytes) -> SpareReader | None:
    """None when no copy is there. Raises Invalid `content_damaged` when head or end of every copy is."""
    problem: Invalid | None = None
    for source in sources:
        try:
            reader = SpareReader(source, key=key, context=context)
            _ = reader.size  # a copy cut short must be known before anything relies on its length
            return reader.spared_by(sources)
        except Invalid as found:
            source.close()
            problem = found
    if problem:
        raise problem
    return None
