"""The files and pages of a draft that become part of a filed item with its next version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from uuid import UUID

from yidang.holdings import projection, stored
from yidang.holdings.changes import note_changes
from yidang.holdings.dossier import Dossier, StoredFile, StoredPage
from yidang.holdings.models import Item, ItemFile, Page
from yidang.holdings.plans import Plan
from yidang.holdings.provenance import Event, added_events
from yidang.holdings.sealing import open_note, open_reading
from yidang.kernel.errors import Conflict
from yidang.preservation.content import open_content
from yidang.preservation.sealing import Source

_ASIDE = 2_000_000  # page numbers are unique within an item: those that join it stand far behind until they are placed


@dataclass(frozen=True)
class Added:
    """`sources`: logical name in the store → where its bytes are read; `blobs` in the order of `pages`."""

    draft: Item | None = None
    files: Sequence[ItemFile] = ()
    stored_files: Sequence[StoredFile] = ()
    pages: Sequence[StoredPage] = ()
    blobs: Sequence[bytes] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)


NOTHING = Added()


def of(plan: Plan) -> Added:
    """Raises Conflict: `draft_gone` when the draft was taken apart meanwhile."""
    if not plan.added:
        return NOTHING
    draft = Item.objects.select_for_update(of=("self",)).filter(pk=UUID(plan.added)).first()
    if draft is None:
        raise Conflict("draft_gone")
    first = len(plan.dossier.files) - draft.files.count() + 1
    return read(draft, first)


def read(draft: Item, first: int) -> Added:
    """The draft's parts, its files numbered from `first` on."""
    files = list(ItemFile.objects.filter(item=draft).order_by("ordinal"))
    pages = list(Page.objects.filter(item=draft).order_by("number"))
    ordinals = {file.pk: first + place for place, file in enumerate(files)}
    return Added(
        draft=draft,
        files=files,
        stored_files=[_stored(file, ordinals[file.pk]) for file in files],
        pages=projection.stored_pages(pages, ordinals),
        blobs=[open_reading(page.id, page.reading) if page.reading else b"" for page in pages],
        sources={stored.original(ordinals[file.pk]): partial(open_content, file.locator) for file in files},
    )


def _stored(file: ItemFile, ordinal: int) -> StoredFile:
    note = open_note(file.item_id, file.ordinal, file.note)
    facts = {name: getattr(file, name) for name in projection.FILE_FACTS}
    return StoredFile(ordinal=ordinal, digest=bytes(file.digest).hex(), name=note["name"], sm3=note["sm3"], **facts)


def extended(dossier: Dossier, added: Added) -> Dossier:
    return replace(
        dossier,
        files=(*dossier.files, *added.stored_files),
        pages=(*dossier.pages, *added.pages),
        is_paper_only=dossier.is_paper_only and not added.files,
    )


def events(plan: Plan, added: Added) -> list[Event]:
    if added.draft is None:
        return []
    ordinals = [file.ordinal for file in added.stored_files]
    accession = str(added.draft.accession or "")
    return added_events(plan.dossier, ordinals, at=plan.at, by=plan.actor, accession=accession)


def hand_over(item: Item, added: Added) -> None:
    """The draft's rows become the item's, and the draft is no more."""
    if added.draft is None:
        return
    rows = ItemFile.objects.bulk_create([projection.file_row(item.pk, file) for file in added.stored_files])
    for former, row in zip(added.files, rows, strict=True):
        for page in Page.objects.filter(file=former):
            page.item, page.file, page.reading = item, row, None
            page.number += _ASIDE
            page.save(update_fields=["item", "file", "reading", "number"])
    draft = added.draft.pk
    added.draft.delete()
    note_changes([draft])
