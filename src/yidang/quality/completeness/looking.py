"""Looks at records as they are filed and changed, and writes down what the rules doubt."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from uuid import UUID

from django.db import transaction

from yidang.access.page_images import draw
from yidang.crypto.fields import blind_index, seal_json
from yidang.holdings import queries
from yidang.holdings.models import Change, Item, ItemFile, ItemState, Page
from yidang.holdings.reading import PageReading
from yidang.identity.policy import SYSTEM
from yidang.kernel import clock
from yidang.kernel.errors import DomainError
from yidang.ledger.operations import append
from yidang.quality.completeness import likeness, rules
from yidang.quality.completeness.rules import Doubt, Expectation, PageFacts
from yidang.quality.models import Finding, FindingState, Look, PagePrint, Progress
from yidang.quality.tables import expectations

TABLE = "quality_finding"
BATCH = 50
_MOST_CANDIDATES = 10
_WIDTH = 800  # pixels, at which ink is looked for
_DARK = 140  # of 255
_INK = 0.004  # share of dark pixels where somebody signed
_BESIDE = 0.3  # of the page's width, to the right of the label


def look(limit: int = BATCH) -> int:
    """At what changed since the last time; how many changes were taken in. Cut off, the same are looked at again."""
    progress, _ = Progress.objects.get_or_create(name=f"rules-{rules.VERSION}")
    changed = queries.changes_since(progress.watermark, limit)
    if changed.watermark == progress.watermark:
        return 0
    for item_id in changed.items:
        with suppress(DomainError):  # damaged or just destroyed: the integrity check names it
            look_at(item_id)
    Progress.objects.filter(pk=progress.pk).update(watermark=changed.watermark)
    return len(changed.items)


def has_news() -> bool:
    progress = Progress.objects.filter(name=f"rules-{rules.VERSION}").first()
    return Change.objects.filter(pk__gt=progress.watermark if progress else 0).exists()


@transaction.atomic
def look_at(item_id: UUID) -> list[Finding]:
    """What is doubted of one record and was not before. A draft still being read is left alone."""
    item = Item.objects.select_for_update(of=("self",)).filter(pk=item_id).first()
    if item is None or item.is_paper_only or item.state not in {ItemState.WAITING, ItemState.FILED}:
        return []
    pages = list(Page.objects.filter(item=item).select_related("file").order_by("number"))
    readings = queries.page_readings(item)
    expected = expectations().get(item.document_type, Expectation())
    facts = [_facts(page, reading) for page, reading in zip(pages, readings, strict=False)]
    doubts = [
        *rules.doubts_of(facts, expected, queries.description(item).text("id_number")),
        *_unsigned(pages, facts, readings, expected),
        *_duplicates(item, facts),
    ]
    Look.objects.update_or_create(
        item=item,
        defaults={"item_version": item.version, "rules_version": rules.VERSION, "at": clock.now()},
    )
    return _write(item, doubts)


def _facts(page: Page, reading: PageReading) -> PageFacts:
    return PageFacts(
        page.number,
        [line.text for line in reading.lines],
        is_blank=page.is_blank,
        has_seal=page.has_seal,
        is_seeable=page.text_origin != Page.TextOrigin.BORN_DIGITAL and page.width > 0,
    )


def _unsigned(
    pages: Sequence[Page], facts: Sequence[PageFacts], readings: Sequence[PageReading], expected: Expectation
) -> Iterator[Doubt]:
    """A place for a signature with neither words nor ink behind it. Only such a page is drawn."""
    for number, label, place in rules.unsigned_labels(facts, expected):
        box = readings[number - 1].lines[place].box
        if not _has_ink(pages[number - 1], box):
            yield Doubt(rules.SIGNATURE, number, f"{number}/{label}", {"label": label})


def _has_ink(page: Page, box: Sequence[float]) -> bool:
    """What cannot be drawn is doubted elsewhere, and not here."""
    try:
        picture = draw(page, _WIDTH)
    except DomainError:
        return True
    down, across = picture.shape[:2]
    _, y0, x1, y1 = box
    margin = (y1 - y0) / 2
    beside = picture[
        int(max(0.0, y0 - margin) * down) : int(min(1.0, y1 + margin) * down),
        int(x1 * across) : int(min(1.0, x1 + _BESIDE) * across),
    ]
    return beside.size > 0 and float((beside.min(axis=2) < _DARK).mean()) > _INK


def _duplicates(item: Item, facts: Iterable[PageFacts]) -> Iterator[Doubt]:
    """Told of the later record only, about the earlier one."""
    known: set[UUID] = set()
    for ordinal, other in _same_bytes(item):
        known.add(other)
        yield Doubt(rules.SAME_BYTES, None, f"{ordinal}/{other}", {"file": ordinal, "other": str(other)})
    PagePrint.objects.filter(item=item).delete()
    for page in facts:
        yield from _alike(item, page, known)


def _same_bytes(item: Item) -> Iterator[tuple[int, UUID]]:
    for ordinal, digest in ItemFile.objects.filter(item=item).values_list("ordinal", "digest"):
        others = ItemFile.objects.filter(digest=bytes(digest), item__created_at__lte=item.created_at)
        for other in others.exclude(item=item).values_list("item", flat=True)[:_MOST_CANDIDATES]:
            yield ordinal, other


def _alike(item: Item, page: PageFacts, known: set[UUID]) -> Iterator[Doubt]:
    bands = likeness.bands(page.text, partial(blind_index, "page-words"))
    if not bands:
        return
    earlier = PagePrint.objects.filter(bands__overlap=bands, item__created_at__lte=item.created_at)
    candidates = list(earlier.exclude(item=item).exclude(item__in=known).select_related("item")[:_MOST_CANDIDATES])
    within = list(PagePrint.objects.filter(bands__overlap=bands, item=item))
    PagePrint.objects.create(item=item, page=page.number, bands=bands)
    for one in (*within, *candidates):
        if likeness.are_one_sheet(page.text, queries.page_reading(one.item, one.page).text()):
            facts = {"other": str(one.item_id), "other_page": one.page}
            yield Doubt(rules.LIKE, page.number, f"{page.number}/{one.item_id}/{one.page}", facts)
            return  # one is enough to look at


def _write(item: Item, doubts: Sequence[Doubt]) -> list[Finding]:
    known = {(one.kind, one.key): one for one in Finding.objects.filter(item=item)}
    named = {(one.kind, one.key) for one in doubts}
    gone = [one.pk for place, one in known.items() if place not in named and one.state == FindingState.OPEN]
    Finding.objects.filter(pk__in=gone).update(state=FindingState.CURED)
    again = [one.pk for place, one in known.items() if place in named and one.state == FindingState.CURED]
    Finding.objects.filter(pk__in=again).update(state=FindingState.OPEN)
    fresh = {(one.kind, one.key): one for one in doubts if (one.kind, one.key) not in known}
    made = [_finding(item, doubt) for doubt in fresh.values()]
    Finding.objects.bulk_create(made)
    if made:
        facts = {"kinds": sorted({one.kind for one in made}), "version": item.version, "rules": rules.VERSION}
        append(action="finding.raised", actor=SYSTEM.actor, subject=item.pk, facts=facts)
    return made


def _finding(item: Item, doubt: Doubt) -> Finding:
    made = Finding(
        item=item,
        kind=doubt.kind,
        key=doubt.key,
        page=doubt.page,
        facts=dict(doubt.facts),
        rules_version=rules.VERSION,
        item_version=item.version,
        found_at=clock.now(),
    )
    if doubt.evidence:
        made.sealed_evidence = seal_json(list(doubt.evidence), table=TABLE, row=str(made.id), field="evidence")
    return made
