"""Volumes 案卷 as a person sees them: which are open, what lies in one, what could still be laid in."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, QuerySet

from yidang.holdings.arranging.rules import page_spans
from yidang.holdings.models import Item, Series, Volume
from yidang.holdings.operations.drafting import DRAFT_STATES
from yidang.holdings.operations.volume_steps import in_order
from yidang.holdings.queries import description
from yidang.holdings.sealing import open_volume_description
from yidang.holdings.veil import Veil, veil_of
from yidang.holdings.visibility import visible_items
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import NotFound
from yidang.ledger.operations import append

MOST_LOOSE = 500


@dataclass(frozen=True)
class VolumeEntry:
    volume: Volume
    title: str
    items: int


@dataclass(frozen=True)
class VolumeItem:
    """`first`, `last`: its pages when those of the volume are counted through; 0 where it has none."""

    item: Item
    title: str
    first: int = 0
    last: int = 0


def series_by_volume() -> QuerySet[Series]:
    return Series.objects.filter(arrangement=Series.Arrangement.BY_VOLUME).order_by("position", "code")


def volumes(grant: Grant, **having: object) -> list[VolumeEntry]:
    """Open ones first, the newest before the others."""
    grant.require(Permission.DESCRIBE)
    rows = Volume.objects.filter(dissolved_at=None, **having).select_related("series").annotate(count=Count("items"))
    ordered = rows.order_by(F("sealed_at").desc(nulls_first=True), "-created_at")
    return [VolumeEntry(row, volume_title(row), row.count) for row in ordered]


def get_volume(grant: Grant, volume_id: UUID) -> Volume:
    """Raises NotFound `volume_not_found`."""
    grant.require(Permission.DESCRIBE)
    found = Volume.objects.select_related("series__fonds").filter(pk=volume_id, dissolved_at=None).first()
    if found is None:
        raise NotFound("volume_not_found")
    return found


@transaction.atomic
def open_volume(grant: Grant, volume_id: UUID) -> Volume:
    """To be shown to a person, titles and all. Raises NotFound `volume_not_found`."""
    found = get_volume(grant, volume_id)
    append(action="volume.viewed", actor=grant.actor, subject=found.pk)
    return found


def volume_title(volume: Volume) -> str:
    """Covered where the form of a word tells a person: a volume names its persons in no field."""
    described = open_volume_description(volume.pk, volume.description)
    return Veil(described).over(described.title)


def items_of(grant: Grant, volume: Volume) -> Sequence[VolumeItem]:
    """As arranged; sealed, by 件号."""
    items = list(in_order(visible_items(grant).filter(volume=volume)))
    spans = page_spans([item.page_count for item in items])
    return [VolumeItem(item, _covered_title(grant, item), *span) for item, span in zip(items, spans, strict=True)]


def loose_drafts(grant: Grant, volume: Volume) -> Sequence[VolumeItem]:
    """Drafts of the volume's series and year that lie in no volume."""
    drafts = visible_items(grant).filter(state__in=DRAFT_STATES, volume=None)
    fitting = drafts.filter(series=volume.series_id, year=volume.year).order_by("working_number")
    return [VolumeItem(item, _covered_title(grant, item)) for item in fitting[:MOST_LOOSE]]


def fitting_volumes(grant: Grant, volume: Volume) -> list[VolumeEntry]:
    """Other open volumes that could be merged into this one."""
    others = volumes(grant, series=volume.series_id, year=volume.year, sealed_at=None)
    return [entry for entry in others if entry.volume != volume]


def _covered_title(grant: Grant, item: Item) -> str:
    described = description(item)
    return veil_of(grant, item, described).over(described.title)
