"""Boxes of medicine and their trace codes."""

from typing import Any

from yidang.claims.generator.book import Book
from yidang.claims.generator.clock import DAY
from yidang.claims.generator.schemes import scheme

_NONE = -2  # no code, though the drug has one


def _sale(book: Book, day: int, **more: Any) -> tuple[int, int]:
    """A claim at a pharmacy and its provider."""
    claim = book.claim(book.person(age=(50, 75)), day, "pharmacy", dx="I10.x", **more)
    return claim, int(book.claims[claim]["provider"])


def _reversed_and_settled_again(book: Book) -> None:
    """The first settlement was reversed at the counter; the second one is the only one that stands."""
    day = book.day()
    first, house = _sale(book, day, reversed=True)
    box = book.box(house, (day - 20) * DAY)
    taken = book.line(first, "nifedipine", days=28, trace=box)
    book.returns.append((taken, book.claims[first]["admitted"] + 25))
    claim = book.claim(
        book.claims[first]["person"],
        day,
        "pharmacy",
        dx="I10.x",
        provider=house,
        at=book.claims[first]["admitted"] % DAY + 40,
    )
    line = book.line(claim, "nifedipine", days=28, trace=box)
    book.plant("box_sold_twice", line=line, planted=False)


def _split_pack(book: Book) -> None:
    """One box, given out by the strip to two patients: together not more than the box."""
    day = book.day()
    first, house = _sale(book, day)
    box = book.box(house, (day - 20) * DAY)
    book.line(first, "diclofenac", 0.5, days=5, trace=box, split=True)
    second, _ = _sale(book, day + 1, provider=house)
    line = book.line(second, "diclofenac", 0.5, days=5, trace=box, split=True)
    book.plant("box_sold_twice", line=line, planted=False)


@scheme("box_sold_twice", 28, alike=(_reversed_and_settled_again, _split_pack))
def box_sold_twice(book: Book) -> None:
    day = book.day()
    first, house = _sale(book, day)
    box = book.box(house, (day - 20) * DAY)
    book.line(first, "nifedipine", days=28, trace=box)
    second, _ = _sale(book, day + int(book.rng.integers(3, 40)))
    book.plant("box_sold_twice", line=book.line(second, "nifedipine", days=28, trace=box))


def _no_codes_exist(book: Book) -> None:
    claim, _ = _sale(book, book.day())
    book.plant("box_without_code", line=book.line(claim, "z_banlangen"), planted=False)


@scheme("box_without_code", 29, alike=(_no_codes_exist,))
def box_without_code(book: Book) -> None:
    claim, _ = _sale(book, book.day())
    book.plant("box_without_code", line=book.line(claim, "z_ginkgo", trace=_NONE))


def _own_code(book: Book) -> None:
    claim, _ = _sale(book, book.day())
    book.plant("code_of_another_drug", line=book.line(claim, "atorvastatin_b", days=28), planted=False)


@scheme("code_of_another_drug", 30, alike=(_own_code,))
def code_of_another_drug(book: Book) -> None:
    claim, house = _sale(book, book.day())
    box = book.box(house, book.claims[claim]["admitted"] - 9 * DAY)
    other = book.items["atorvastatin_b"]
    book.plant("code_of_another_drug", line=book.line(claim, "atorvastatin", days=28, trace=box, box=other))


def _stocked_this_morning(book: Book) -> None:
    claim, house = _sale(book, book.day())
    box = book.box(house, book.claims[claim]["admitted"] - 50)
    book.plant("sold_before_stocked", line=book.line(claim, "acarbose", days=14, trace=box), planted=False)


@scheme("sold_before_stocked", 31, alike=(_stocked_this_morning,))
def sold_before_stocked(book: Book) -> None:
    claim, house = _sale(book, book.day())
    box = book.box(house, book.claims[claim]["admitted"] + 6 * DAY)
    book.plant("sold_before_stocked", line=book.line(claim, "acarbose", days=14, trace=box))


def _own_stock(book: Book) -> None:
    claim, house = _sale(book, book.day())
    box = book.box(house, book.claims[claim]["admitted"] - 12 * DAY)
    book.plant("box_of_another_house", line=book.line(claim, "z_danshen", trace=box), planted=False)


@scheme("box_of_another_house", 32, alike=(_own_stock,))
def box_of_another_house(book: Book) -> None:
    claim, house = _sale(book, book.day())
    box = book.box(book.other(house), book.claims[claim]["admitted"] - 12 * DAY)
    book.plant("box_of_another_house", line=book.line(claim, "z_danshen", trace=box))
