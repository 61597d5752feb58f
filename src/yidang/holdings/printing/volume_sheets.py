"""The sheets of one volume: contents, reference sheet, cover, spine. Whoever asks for them is on record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from yidang.holdings.arranging.record import VolumeRecord, record_of
from yidang.holdings.arranging.rules import page_spans
from yidang.holdings.description import Description
from yidang.holdings.models import Item, Volume
from yidang.holdings.operations.volume_steps import in_order
from yidang.holdings.printing.forms import Language, form
from yidang.holdings.printing.sheets import Card, Row, Table, say_date, say_day, say_span, say_term, word
from yidang.holdings.printing.showing import Showing, shown
from yidang.holdings.printing.spine import Label
from yidang.holdings.queries import description
from yidang.holdings.sealing import open_volume_description
from yidang.holdings.veil import Veil
from yidang.holdings.visibility import visible_items
from yidang.holdings.volumes import get_volume
from yidang.identity.policy import Grant
from yidang.kernel.reference_code import parse

Sheet = Table | Card | Label


@dataclass(frozen=True)
class _Inside:
    volume: Volume
    described: Description
    items: Sequence[Item]
    how: Showing

    @property
    def title(self) -> str:
        return Veil(self.described, is_lifted=self.how.in_clear).over(self.described.title)

    @property
    def note(self) -> str:
        return self.covered(self.described.text("note"))

    def covered(self, text: str) -> str:
        return Veil(self.described, is_lifted=self.how.in_clear).over(text)

    @property
    def pages(self) -> int:
        return sum(item.page_count for item in self.items)


@transaction.atomic
def volume_sheet(grant: Grant, *, volume_id: UUID, kind: str, language: Language, reason: str | None = None) -> Sheet:
    """With names covered; in full for a `reason` that the ledger keeps.

    Raises:
        NotFound: `volume_not_found`. NotAllowed: `not_allowed`. Invalid: `unmasking_reason_missing`.
    """
    volume = get_volume(grant, volume_id)
    items = list(in_order(visible_items(grant).filter(volume=volume)))
    facts = {"sheet": kind, "items": len(items), "reference_code": volume.reference_code or ""}
    how = shown(grant, subject=volume.pk, facts=facts, reason=reason)
    inside = _Inside(volume, open_volume_description(volume.pk, volume.description), items, how)
    return _MAKERS[kind](inside, language)


def _contents(inside: _Inside, language: Language) -> Table:
    volume = inside.volume
    facts = [
        (word(language, "code"), volume.reference_code or word(language, "not_sealed")),
        (word(language, "title"), inside.title),
    ]
    return Table(form("contents", language), facts, list(_rows(inside)))


def _rows(inside: _Inside) -> Sequence[Row]:
    spans = list(page_spans([item.page_count for item in inside.items]))
    rows = []
    for ordinal, (item, (first, last)) in enumerate(zip(inside.items, spans, strict=True), start=1):
        told = inside.how.fields(description(item))
        is_last = ordinal == len(inside.items)
        pages = f"{first}-{last}" if is_last and last else str(first or "")
        rows.append(told | {"ordinal": str(ordinal), "date": say_date(item.formed_on), "pages": pages})
    return rows


def _cover(inside: _Inside, language: Language) -> Card:
    volume = inside.volume
    days = [item.formed_on for item in inside.items if item.formed_on]
    places = [
        (word(language, "time"), say_span(days, language)),
        (word(language, "term"), say_term(volume.term, language)),
        (word(language, "pages"), word(language, "count", items=len(inside.items), pages=inside.pages)),
        (word(language, "filing_number"), _number(volume)),
        (word(language, "code"), volume.reference_code or word(language, "not_sealed")),
    ]
    return Card(
        form("cover", language),
        fonds=_named(volume.series.fonds, language),
        title=inside.title,
        places=[(word(language, "series"), _series(volume, language)), *places],
    )


def _number(volume: Volume) -> str:
    return str(parse(volume.reference_code).number) if volume.reference_code else ""


def _named(fonds: object, language: Language) -> str:
    return str(getattr(fonds, f"name_{language}"))


def _series(volume: Volume, language: Language) -> str:
    return str(getattr(volume.series, f"title_{language}"))


def _reference(inside: _Inside, language: Language) -> Card:
    """本卷情况说明: what lies in it, what its maker noted, each supplement, what left it."""
    volume, record = inside.volume, record_of(inside.volume)
    counted = word(language, "count", items=len(inside.items), pages=inside.pages)
    places = [
        (word(language, "made_by"), record.made_by),
        (word(language, "made_on"), say_day(record.made_at)),
        (word(language, "checked_by"), record.checked_by),
        (word(language, "checked_on"), say_day(record.checked_at)),
    ]
    return Card(
        form("reference", language),
        fonds=_named(volume.series.fonds, language),
        title=volume.reference_code or word(language, "not_sealed"),
        places=places,
        text=[counted, *inside.note.splitlines(), *_changes(inside, record, language)],
    )


def _changes(inside: _Inside, record: VolumeRecord, language: Language) -> list[str]:
    added = [
        word(
            language,
            "supplement",
            day=say_day(one.at),
            by=one.by,
            numbers="、".join(map(str, one.numbers)),
            cause=word(language, one.cause),
            note=inside.covered(one.note),
        )
        for one in record.supplements
    ]
    left = [
        word(language, "destroyed" if one.is_destroyed else "moved", number=one.number, where=one.where)
        for one in record.gone
    ]
    return [*added, *left]


def _spine(inside: _Inside, language: Language) -> Label:
    volume = inside.volume
    lines = [
        (word(language, "fonds_code"), volume.series.fonds_id),
        (word(language, "year"), str(volume.year)),
        (word(language, "term"), say_term(volume.term, language)),
        (word(language, "volume"), _number(volume)),
    ]
    return Label(
        form("spine", language), inside.title, lines, code=volume.reference_code or word(language, "not_sealed")
    )


_MAKERS: Mapping[str, Callable[[_Inside, Language], Sheet]] = {
    "contents": _contents,
    "reference": _reference,
    "cover": _cover,
    "spine": _spine,
}
KINDS = tuple(_MAKERS)
