"""The search index under new keys: built anew beside the one that answers."""

from collections.abc import Iterator, Sequence

from yidang.access.engine import answering
from yidang.access.feeding import build_under
from yidang.crypto.keys import vault
from yidang.crypto.rotation import Pass
from yidang.holdings.models import Item
from yidang.kernel.errors import Unavailable

FAMILY = "search"


class SearchPass:
    family = FAMILY
    name = "search index"

    def left(self) -> int:
        return Item.objects.count() if self._is_outdated() else 0

    def steps(self) -> Iterator[int]:
        if not self._is_outdated():
            return
        try:
            yield build_under(vault().current(FAMILY))
        except Unavailable as refusal:
            if refusal.code != "index_busy":  # another process is at it
                raise

    def _is_outdated(self) -> bool:
        return len(vault().versions(FAMILY)) > 1 and answering() != vault().current(FAMILY)


def passes() -> Sequence[Pass]:
    return [SearchPass()]
