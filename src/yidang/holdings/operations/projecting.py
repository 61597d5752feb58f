"""Brings one item's rows to what a dossier says."""

from uuid import UUID

from django.db.models import F, QuerySet

from yidang.holdings import projection
from yidang.holdings.dossier import Dossier, StoredPage
from yidang.holdings.models import Alias, Identifier, Item, ItemFile, ItemScope, Page, Series
from yidang.holdings.sealing import blind_identifiers, seal_description

_ASIDE = 1_000_000  # page numbers are unique within an item, so they step aside before they take their new places


def project(item: Item, dossier: Dossier, *, version: int, commitment: bytes) -> None:
    for name, value in projection.item_columns(dossier).items():
        setattr(item, name, value)
    item.version = version
    item.description = seal_description(item.pk, dossier.description)
    item.description_digest = commitment
    item.save()
    _project_pages(item, dossier)
    _project_aliases(item, dossier)
    project_identifiers(item.pk, dossier)
    project_scopes(item.pk, dossier)


def _project_pages(item: Item, dossier: Dossier) -> None:
    rows = {str(page.pk): page for page in Page.objects.filter(item=item)}
    # An earlier version may be restored from before parts were added, or from after.
    Page.objects.filter(item=item).exclude(pk__in=[page.id for page in dossier.pages]).delete()
    Page.objects.filter(item=item).update(number=F("number") + _ASIDE)
    rows = {page.id: rows.get(page.id) or _again(item, page, place) for place, page in enumerate(dossier.pages)}
    for number, stored in enumerate(dossier.pages, start=1):
        row = rows[stored.id]
        row.number = number
        for name in projection.PAGE_FACTS:
            setattr(row, name, getattr(stored, name))
    Page.objects.bulk_update(rows.values(), ["number", *projection.PAGE_FACTS], batch_size=500)


def _again(item: Item, page: StoredPage, place: int) -> Page:
    file = ItemFile.objects.get(item=item, ordinal=page.file)
    row = projection.page_row(item.pk, 2 * _ASIDE + place, page, file)
    row.save(force_insert=True)
    return row


def _project_aliases(item: Item, dossier: Dossier) -> None:
    Alias.objects.bulk_create(projection.alias_rows(item.pk, dossier), ignore_conflicts=True)


def project_identifiers(item: UUID, dossier: Dossier) -> None:
    wanted = blind_identifiers(dossier.description)
    rows = {(row.kind, bytes(row.digest)): row.pk for row in Identifier.objects.filter(item=item)}
    Identifier.objects.filter(pk__in=[pk for key, pk in rows.items() if key not in wanted]).delete()
    Identifier.objects.bulk_create(
        [Identifier(item_id=item, kind=kind, digest=digest) for kind, digest in wanted - rows.keys()]
    )


def project_scopes(item: UUID, dossier: Dossier) -> None:
    """The kinds of scope that are this room's; the scopes of upper rooms stay, and learn where the item stands now."""
    section = Series.objects.values_list("department", flat=True).get(pk=dossier.series)
    wanted = projection.scopes(section, dossier)
    rows = {projection.scope_of(row): row.pk for row in own_scopes(item)}
    ItemScope.objects.filter(pk__in=[pk for key, pk in rows.items() if key not in wanted]).delete()
    ItemScope.objects.bulk_create(projection.scope_rows(item, wanted - rows.keys()))
    place = dict(zip(("sensitivity", "fonds", "series"), next(iter(wanted))[2:], strict=True))
    ItemScope.objects.filter(item=item).exclude(kind__in=projection.OWN_KINDS).update(**place)


def own_scopes(item: UUID) -> QuerySet[ItemScope]:
    return ItemScope.objects.filter(item=item, kind__in=projection.OWN_KINDS)
