"""The fields of the tantivy index. Neither positions nor term frequencies nor stored text: a bag of keyed tokens."""

from uuid import UUID

import tantivy

from yidang.access.ports import FACETS, IndexedItem

VERSION = 4
MARK = "watermark"
_HALF = 64
_LOW = (1 << _HALF) - 1


def build() -> tantivy.Schema:
    schema = tantivy.SchemaBuilder()
    for name in ("item", "kind"):
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in ("grams", "identifiers", "scopes"):
        schema.add_text_field(name, tokenizer_name="whitespace", index_option="basic")
    for name in FACETS:
        schema.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in ("high", "low", "filed", "formed", "stamp"):
        schema.add_unsigned_field(name, fast=True)
    return schema.build()


def document(entry: IndexedItem) -> tantivy.Document:
    fresh = tantivy.Document()
    fresh.add_text("item", entry.item.hex)
    high, low = halves(entry.item)
    fresh.add_unsigned("high", high)
    fresh.add_unsigned("low", low)
    fresh.add_text("grams", " ".join(entry.grams))
    fresh.add_text("identifiers", " ".join(entry.identifiers))
    fresh.add_text("scopes", " ".join(entry.scopes))
    for name, value in entry.facets.items():
        fresh.add_text(name, value)
    fresh.add_unsigned("filed", entry.filed)
    fresh.add_unsigned("formed", entry.formed)
    fresh.add_unsigned("stamp", entry.stamp)
    return fresh


def mark(watermark: int) -> tantivy.Document:
    """The watermark is a document of its own: it is committed with what it vouches for, or not at all."""
    fresh = tantivy.Document()
    fresh.add_text("kind", MARK)
    fresh.add_unsigned("stamp", watermark)
    return fresh


def halves(item: UUID) -> tuple[int, int]:
    return item.int >> _HALF, item.int & _LOW


def whole(high: int, low: int) -> UUID:
    return UUID(int=high << _HALF | low)
