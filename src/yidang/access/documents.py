"""From items of the catalogue to documents of the index."""

import logging
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from yidang.access.passages import passages
from yidang.access.ports import IndexedItem
from yidang.access.stamps import stamps
from yidang.access.words.canonical import canonical_of_folded
from yidang.access.words.folding import fold
from yidang.access.words.grams import grams
from yidang.access.words.private import private_numbers, without, without_names
from yidang.access.words.tokens import Tokens
from yidang.holdings import identifiers, queries
from yidang.holdings.description import Description
from yidang.holdings.models import Alias, Item, ItemScope
from yidang.holdings.reading import PageReading, decode_page
from yidang.holdings.stored import Texts
from yidang.kernel import reference_code
from yidang.kernel.errors import Invalid, NotFound

_log = logging.getLogger(__name__)
_JOINT = " | "  # a break: a phrase never runs from one passage into the next


def scope(kind: str, value: str) -> str:
    """A scope as the index holds it; a grant is turned into the same."""
    return f"{kind}:{value}"


def identifier_token(tokens: Tokens, kind: str, value: str) -> str:
    """`value` normalised; `code` for a 档号, else a kind of holdings.Identifier."""
    return tokens.of_identifier(kind, value.encode())


def documents(items: Sequence[UUID], tokens: Tokens) -> Iterator[IndexedItem]:
    """Documents of the items that exist among those asked for, in no particular order."""
    rows = Item.objects.filter(pk__in=items)
    marks = dict(stamps(rows))  # before the rows: a change in between makes the stamp stale, never the document
    scopes = _scopes(items)
    texts = Texts(items)
    aliases = _grouped(Alias.objects.filter(item__in=items).values_list("item", "reference_code"))
    for item in rows.select_related("series"):
        if item.id in marks:
            codes = [code for (code,) in aliases.get(item.id, [])]
            about = _About(marks[item.id], sorted(scopes.get(item.id, [])), codes)
            yield _document(item, texts, tokens, about)


def _scopes(items: Sequence[UUID]) -> dict[UUID, set[str]]:
    """Of every scope row its door, and where the item stands."""
    found: dict[UUID, set[str]] = {}
    for row in ItemScope.objects.filter(item__in=items):
        place = {"sensitivity": row.sensitivity, "fonds": row.fonds, "series": row.series}
        doors = {scope(name, value) for name, value in ((row.kind, row.value), *place.items()) if value}
        found.setdefault(row.item_id, set()).update(doors)
    return found


def _grouped(rows: Iterable[tuple[UUID, *tuple[str, ...]]]) -> dict[UUID, list[tuple[str, ...]]]:
    found: dict[UUID, list[tuple[str, ...]]] = {}
    for item, *values in rows:
        found.setdefault(item, []).append(tuple(values))
    return found


class _About(NamedTuple):
    stamp: int
    scopes: list[str]
    aliases: list[str]


def _document(item: Item, texts: Texts, tokens: Tokens, about: _About) -> IndexedItem:
    description = queries.description(item)
    readings, stamp = _readings(item, texts, about.stamp)
    words, numbers = indexed_words(description, readings)
    named = identifiers.identifiers(description) | numbers | _codes(item, description, about.aliases)
    return IndexedItem(
        item=item.id,
        grams=tokens.of_grams(words),
        identifiers=sorted(identifier_token(tokens, kind, value) for kind, value in named),
        scopes=about.scopes,
        facets=_facets(item),
        filed=_milliseconds(item.filed_at or item.created_at),
        formed=int(item.formed_on.strftime("%Y%m%d")) if item.formed_on else 0,
        stamp=stamp,
    )


def _readings(item: Item, texts: Texts, stamp: int) -> tuple[Sequence[PageReading], int]:
    """One damaged record must not keep all others out of the index; its stamp 0 lets `verify` name it."""
    try:
        if item.version:
            return [decode_page(blob) for blob in texts.page_blobs(item.id)], stamp
        return queries.page_readings(item), stamp
    except (NotFound, Invalid) as damage:
        _log.warning("item %s is indexed without its text: %s", item.id, damage.code)
        return [], 0


def indexed_words(description: Description, readings: Sequence[PageReading]) -> tuple[set[str], set[tuple[str, str]]]:
    """The grams of all passages, and the (kind, value) of the private numbers taken out of them."""
    text = fold(_JOINT.join(passage.text for passage in passages(description, readings)))
    numbers = list(private_numbers(text))
    names = [value for kind, value in identifiers.identifiers(description) if kind == identifiers.NAME]
    rest = without_names(without(text, numbers), map(fold, names))
    found = {(number.kind, identifiers.normalise(number.kind, number.value)) for number in numbers}
    return grams(canonical_of_folded(rest)), found


def _codes(item: Item, description: Description, aliases: list[str]) -> set[tuple[str, str]]:
    known = [item.reference_code or "", item.working_number, description.text("legacy_code"), *aliases]
    return {("code", reference_code.normalise(code)) for code in known if code}


def _facets(item: Item) -> dict[str, str]:
    facets = {
        "year": str(item.year),
        "series": item.series_id,
        "process": item.series.process,
        "type": item.document_type,
        "department": item.series.department_id or "",
        "term": item.term,
        "institution": item.institution,
        "seal": "yes" if item.has_seal else "no",
        "state": str(item.state),
    }
    return {name: value for name, value in facets.items() if value}


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
