"""A laid-down version goes to the store and then to the catalogue; after a crash, again to the same effect."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from django.db import transaction

from yidang.holdings import commitments, paging, places, stored
from yidang.holdings.changes import note_changes
from yidang.holdings.dossier import Dossier, read_time
from yidang.holdings.models import Item, ItemState, ItemVersion, PendingVersion
from yidang.holdings.operations import additions
from yidang.holdings.operations.additions import Added
from yidang.holdings.operations.filing import file_items
from yidang.holdings.operations.projecting import project
from yidang.holdings.plans import Plan
from yidang.holdings.provenance import Provenance, VersionNote, change_events
from yidang.holdings.reading import join_pages
from yidang.holdings.sealing import open_plan, seal_reason
from yidang.identity.policy import system_grant
from yidang.kernel import clock
from yidang.kernel.errors import NotFound
from yidang.ledger.operations import append
from yidang.preservation import repository
from yidang.preservation.repository import NewVersion, write_objects
from yidang.preservation.sealing import Source

_PER_FILING = 100


def complete(item_id: UUID) -> Item:
    """Finishes the version laid down for this item, if there is one.

    Raises:
        Unavailable: from the store; the version stays laid down and is finished later.
    """
    with transaction.atomic(durable=True):
        item = Item.objects.select_for_update(of=("self",)).select_related("series").filter(pk=item_id).first()
        if item is None:
            raise NotFound("item_not_found", item=str(item_id))
        pending = PendingVersion.objects.filter(item=item).first()
        if pending is not None:
            _write(item, Plan.from_json(open_plan(item.pk, pending.plan)))
            pending.delete()
    return item


def finish_interrupted() -> int:
    """At start and from time to time: completes what a crash cut short. Says how many items it finished.

    Rows that another process is working on at this moment are passed over.
    """
    versions = _unlocked(PendingVersion.objects.values_list("item", flat=True))
    for item_id in versions:
        complete(item_id)
    filings = _unlocked(Item.objects.filter(state=ItemState.FILING).values_list("pk", flat=True))
    for start in range(0, len(filings), _PER_FILING):
        file_items(system_grant("recovery"), filings[start : start + _PER_FILING])
    return len(versions) + len(filings)


def _unlocked(ids: Iterable[UUID]) -> list[UUID]:
    with transaction.atomic():
        rows = Item.objects.select_for_update(of=("self",), skip_locked=True).filter(pk__in=list(ids))
        return list(rows.values_list("pk", flat=True))


def _write(item: Item, plan: Plan) -> None:
    former = stored.dossier(item.pk, plan.number - 1)
    repository.move(item.pk, places.store_for(plan.dossier.description))
    salt = commitments.version_salt(_key(item.pk, plan.number))
    added = additions.of(plan)
    blobs = _blobs(item.pk, plan, added)
    described = plan.dossier.encode()
    note = VersionNote(plan.number, plan.kind, plan.at, plan.actor, plan.reason, salt.hex())
    provenance = stored.provenance(item.pk, plan.number - 1).with_version(
        note, [*change_events(note), *additions.events(plan, added)]
    )
    text = _text(plan, former, blobs)
    new = _new_version(item.pk, plan, described=described, provenance=provenance, text=text, added=added.sources)
    (receipt,) = write_objects([new])
    told = commitments.facts(
        dossier=plan.dossier, version=plan.number, salt=salt, description_file=described, blobs=blobs
    )
    entry = append(
        action=f"item.{plan.kind}",
        actor=plan.actor,
        subject=item.pk,
        facts=told | {"inventory_sha512": receipt.inventory_sha512},  # the reason is bound by it: it stands inside
    )
    additions.hand_over(item, added)
    project(item, plan.dossier, version=plan.number, commitment=bytes.fromhex(told["description_commitment"]))
    ItemVersion.objects.create(
        item=item,
        number=plan.number,
        at=read_time(plan.at) or clock.now(),
        actor=plan.actor,
        kind=plan.kind,
        reason=seal_reason(item.pk, plan.number, plan.reason),
        ledger_entry=entry,
    )
    note_changes([item.pk])


def _key(item: UUID, number: int) -> bytes:
    return repository.new_keys([item], number)[item]


def _blobs(item: UUID, plan: Plan, added: Added) -> list[bytes]:
    """The pages' readings as the new version will have them."""
    source = stored.dossier(item, plan.text_from)
    known = [*stored.page_blobs(item, plan.text_from), *added.blobs]
    return paging.rearranged(known, [*source.pages, *added.pages], plan.dossier.pages)


def _text(plan: Plan, former: Dossier, blobs: Sequence[bytes]) -> bytes | None:
    """None when the former version's text file stays as it is."""
    if plan.text_from == plan.number - 1 and paging.same_pages(former, plan.dossier):
        return None
    return join_pages(blobs) if blobs else None


def _new_version(
    item: UUID,
    plan: Plan,
    *,
    described: bytes,
    provenance: Provenance,
    text: bytes | None,
    added: Mapping[str, Source],
) -> NewVersion:
    content: dict[str, Source] = {stored.DESCRIPTION: described, stored.PROVENANCE: provenance.encode(), **added}
    carry = [name for name in (stored.original(file.ordinal) for file in plan.dossier.files) if name not in added]
    if text is not None:
        content[stored.TEXT] = text
    elif plan.dossier.pages:
        carry.append(stored.TEXT)
    return NewVersion(
        object_id=item,
        number=plan.number,
        content=content,
        carry=carry,
        created=read_time(plan.at) or clock.now(),
        actor=plan.actor,
        action=plan.kind,
        decisive=(stored.DESCRIPTION, stored.PROVENANCE),
    )
