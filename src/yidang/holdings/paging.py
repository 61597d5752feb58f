"""The order and the turning of an item's pages."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from yidang.holdings.dossier import Dossier, StoredPage
from yidang.holdings.reading import decode_page, encode_page, turn
from yidang.kernel.errors import Invalid

_QUARTER = 90
_FULL = 360


def arrange(dossier: Dossier, order: Sequence[UUID], turns: Mapping[UUID, int]) -> Dossier:
    """Raises Invalid as `check_arrangement` does."""
    pages = {UUID(page.id): page for page in dossier.pages}
    check_arrangement(list(pages), order, turns)
    return replace(dossier, pages=tuple(turned(pages[page], turns.get(page, 0)) for page in order))


def check_arrangement(pages: Sequence[UUID], order: Sequence[UUID], turns: Mapping[UUID, int]) -> None:
    """Raises Invalid: `page_order_wrong` unless `order` names every page once, `turn_wrong` unless by right angles."""
    if sorted(order) != sorted(pages):
        raise Invalid("page_order_wrong", pages=len(pages))
    if any(degrees % _QUARTER for degrees in turns.values()) or not turns.keys() <= set(pages):
        raise Invalid("turn_wrong")


def turned(page: StoredPage, degrees: int) -> StoredPage:
    width, height = swapped(page.width, page.height, degrees)
    return replace(page, rotation=(page.rotation + degrees) % _FULL, width=width, height=height)


def swapped(width: int, height: int, degrees: int) -> tuple[int, int]:
    return (height, width) if degrees // _QUARTER % 2 else (width, height)


def rearranged(blobs: Sequence[bytes], former: Sequence[StoredPage], pages: Sequence[StoredPage]) -> list[bytes]:
    """The readings of `former` pages in the order, and turned to the position, of `pages`."""
    known = {page.id: (page, blob) for page, blob in zip(former, blobs, strict=True)}
    return [_turned_blob(known[page.id][1], page.rotation - known[page.id][0].rotation) for page in pages]


def _turned_blob(blob: bytes, degrees: int) -> bytes:
    if degrees % _FULL == 0 or not blob:
        return blob
    return encode_page(turn(decode_page(blob), degrees))


def same_pages(one: Dossier, other: Dossier) -> bool:
    """Whether the text file of the one serves the other as it is."""
    return [(page.id, page.rotation) for page in one.pages] == [(page.id, page.rotation) for page in other.pages]
