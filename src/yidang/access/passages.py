"""What of an item can be searched: each described field and each page is a passage of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from yidang.holdings.description import Description
from yidang.holdings.reading import PageReading

# Names, ID numbers and phones are found through their keyed digests, as a whole, and stand in no passage.
SEARCHED_FIELDS = (
    "title",
    "responsible",
    "document_number",
    "institution_name",
    "department",
    "diagnosis",
    "icd_code",
    "unit_name",
    "credit_code",
    "keywords",
    "note",
    "legacy_code",
    "box_number",
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of the page `page`, or of the described field `field` when page is None."""

    text: str
    page: int | None = None
    field: str = ""


def passages(description: Description, readings: Sequence[PageReading]) -> Iterator[Passage]:
    yield from pages(readings)
    yield from fields(description)


def pages(readings: Sequence[PageReading]) -> Iterator[Passage]:
    for number, reading in enumerate(readings, start=1):
        if reading.lines:
            yield Passage(reading.text(), page=number)


def fields(description: Description) -> Iterator[Passage]:
    for key in SEARCHED_FIELDS:
        if text := description.text(key):
            yield Passage(text, field=key)
