"""The catalogue again, from store, keyring and ledger alone, into an empty database.

The ledger's rows must stand already (they are brought back from its own files). What cannot be restored is named:
objects that do not open, versions the ledger does not know, work that was never filed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from yidang.holdings import projection, scheme_versions, stored, tombstones, witness
from yidang.holdings.changes import note_changes
from yidang.holdings.commitments import description_commitment
from yidang.holdings.comparing import about
from yidang.holdings.description import Description
from yidang.holdings.dossier import Dossier, StoredVolume, read_time
from yidang.holdings.models import (
    Alias,
    Identifier,
    Item,
    ItemFile,
    ItemScope,
    ItemVersion,
    NumberSequence,
    Page,
    Series,
    Tombstone,
    Volume,
)
from yidang.holdings.numbers_used import running_numbers
from yidang.holdings.provenance import Provenance, VersionNote
from yidang.holdings.scheme import load_scheme
from yidang.holdings.sealing import blind_identifiers, seal_description, seal_reason, seal_volume_description
from yidang.identity.restoring import restore_staff
from yidang.kernel import clock
from yidang.kernel.difference import Difference, difference
from yidang.kernel.errors import Conflict, DomainError
from yidang.kernel.reference_code import parse
from yidang.ledger.events import NewEvent
from yidang.ledger.operations import append, append_many
from yidang.preservation import repository, staging

_CHUNK = 100
_ACTOR = "system:rebuild"


@dataclass
class Report:
    items: int = 0
    versions: int = 0
    differences: list[Difference] = field(default_factory=list)
    notes: list[Difference] = field(default_factory=list)  # what was never sealed and so was not to be restored


@dataclass(frozen=True)
class _Found:
    """One object of the store, read."""

    dossier: Dossier
    provenance: Provenance
    described: bytes

    @property
    def head(self) -> VersionNote:
        return self.provenance.versions[-1]


def rebuild() -> Report:
    """Raises Conflict `catalogue_not_empty`: a rebuild never mixes with what is there."""
    if Item.objects.exists():
        raise Conflict("catalogue_not_empty", items=Item.objects.count())
    load_scheme()  # the fonds first
    scheme_versions.restore()
    load_scheme()
    repository.rebuild_placement()
    ended = tombstones.restore()
    report = Report()
    if accounts := restore_staff():
        report.notes.append(difference("staff_closed", usernames=", ".join(accounts)))
    for chunk in _chunks(repository.object_ids()):
        found = list(_read(chunk, report))
        with transaction.atomic():
            _restore(found, report)
    report.differences += _unknown_to_store(ended)
    if waiting := sum(1 for _ in staging.staging_ids()):
        report.notes.append(difference("never_filed", files=waiting))
    with transaction.atomic():
        _restore_sequences()
        append(
            action="catalogue.rebuilt",
            actor=_ACTOR,
            facts={"items": report.items, "versions": report.versions, "lost": len(report.differences)},
        )
    return report


def _chunks(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    waiting = iter(ids)
    while chunk := list(islice(waiting, _CHUNK)):
        yield chunk


def _read(ids: list[UUID], report: Report) -> Iterator[_Found]:
    known = set(Series.objects.exclude(class_prefix="").values_list("code", flat=True))
    for item in ids:
        try:
            described = repository.read_content(item, stored.DESCRIPTION)
            found = _Found(Dossier.decode(described), stored.provenance(item), described)
        except DomainError as problem:
            report.differences.append(about("item_unreadable", item=item, cause=problem.code))
            continue
        if found.dossier.item_id != item or found.dossier.series not in known:
            report.differences.append(about("item_misplaced", item=item, reference_code=found.dossier.reference_code))
            continue
        yield found


def _restore(found: list[_Found], report: Report) -> None:
    _restore_volumes(found)
    Item.objects.bulk_create([_item(one) for one in found])
    _restore_parts(found)
    _restore_lookups(found)
    _restore_history(found, report)
    note_changes([one.dossier.item_id for one in found])
    report.items += len(found)


def _item(one: _Found) -> Item:
    dossier = one.dossier
    return Item(
        id=dossier.item_id,
        version=one.head.number,
        description=seal_description(dossier.item_id, dossier.description),
        description_digest=description_commitment(bytes.fromhex(one.head.salt), one.described),
        **projection.item_columns(dossier),
    )


def _restore_volumes(found: list[_Found]) -> None:
    volumes = {one.dossier.volume.id: one.dossier for one in found if one.dossier.volume}
    rows = [_volume(dossier, dossier.volume) for dossier in volumes.values() if dossier.volume]
    Volume.objects.bulk_create(rows, ignore_conflicts=True)


def _volume(dossier: Dossier, volume: StoredVolume) -> Volume:
    description = Description.from_json(volume.description)
    return Volume(
        id=UUID(volume.id),
        series_id=dossier.series,
        year=dossier.year,
        term=parse(volume.reference_code).term or dossier.term,
        reference_code=volume.reference_code,
        description=seal_volume_description(UUID(volume.id), description),
        created_at=read_time(volume.created_at) or clock.now(),
        sealed_at=read_time(volume.sealed_at),
    )


def _restore_parts(found: list[_Found]) -> None:
    files = [projection.file_row(one.dossier.item_id, file) for one in found for file in one.dossier.files]
    ItemFile.objects.bulk_create(files)
    by_place = {(file.item_id, file.ordinal): file for file in files}
    Page.objects.bulk_create(
        [
            projection.page_row(one.dossier.item_id, number, page, by_place[one.dossier.item_id, page.file])
            for one in found
            for number, page in enumerate(one.dossier.pages, start=1)
        ]
    )


def _restore_lookups(found: list[_Found]) -> None:
    sections = dict(Series.objects.values_list("code", "department"))
    Alias.objects.bulk_create([row for one in found for row in projection.alias_rows(one.dossier.item_id, one.dossier)])
    Identifier.objects.bulk_create(
        [
            Identifier(item_id=one.dossier.item_id, kind=kind, digest=digest)
            for one in found
            for kind, digest in blind_identifiers(one.dossier.description)
        ]
    )
    ItemScope.objects.bulk_create(
        [
            row
            for one in found
            for row in projection.scope_rows(
                one.dossier.item_id, projection.scopes(sections[one.dossier.series], one.dossier)
            )
        ]
    )


def _restore_history(found: list[_Found], report: Report) -> None:
    told = witness.testimonies([one.dossier.item_id for one in found])
    entries = {(item, number): entry.id for item, versions in told.items() for number, entry in versions.items()}
    unknown = [
        (one, note)
        for one in found
        for note in one.provenance.versions
        if (one.dossier.item_id, note.number) not in entries
    ]
    entries |= _enter_unknown(unknown, report)
    rows = [_version(one, note, entries) for one in found for note in one.provenance.versions]
    ItemVersion.objects.bulk_create(rows)
    report.versions += len(rows)


def _enter_unknown(unknown: list[tuple[_Found, VersionNote]], report: Report) -> dict[tuple[UUID, int], UUID]:
    """Versions written in the last moments before the loss, of which the ledger's files had not yet heard."""
    events = [_recovered(one, note) for one, note in unknown]
    for one, note in unknown:
        code = one.dossier.reference_code
        report.differences.append(
            about("ledger_entry_lost", item=one.dossier.id, reference_code=code, version=note.number)
        )
    ids = append_many(events) if events else []
    return {(one.dossier.item_id, note.number): entry for (one, note), entry in zip(unknown, ids, strict=True)}


def _recovered(one: _Found, note: VersionNote) -> NewEvent:
    item = one.dossier.item_id
    return NewEvent(
        action=f"item.{note.kind}",
        actor=note.actor,
        subject=item,
        facts=stored.facts(item, note) | {"recovered_at": clock.now().isoformat()},
    )


def _version(one: _Found, note: VersionNote, entries: Mapping[tuple[UUID, int], UUID]) -> ItemVersion:
    item = one.dossier.item_id
    return ItemVersion(
        item_id=item,
        number=note.number,
        at=read_time(note.at) or clock.now(),
        actor=note.actor,
        kind=note.kind,
        reason=seal_reason(item, note.number, note.reason),
        ledger_entry=entries[item, note.number],
    )


def _unknown_to_store(ended: set[UUID]) -> Iterator[Difference]:
    """Items the ledger says were filed, does not say were destroyed, and the store no longer has."""
    restored = ended | set(Item.objects.values_list("pk", flat=True))
    for item, code in witness.filed():
        if item not in restored and not repository.exists(item):
            yield about("item_gone_from_store", item=item, reference_code=code)


def _restore_sequences() -> None:
    """After the highest number that store or ledger know of: what was given once is never given again."""
    used = running_numbers([*_standing_codes(), *witness.codes_given()])
    NumberSequence.objects.bulk_create(
        [NumberSequence(prefix=prefix, next_number=max(numbers) + 1) for prefix, numbers in used.items()],
        update_conflicts=True,
        unique_fields=["prefix"],
        update_fields=["next_number"],
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT setval('holdings_working_number', 1 + coalesce(max(substr(working_number, 2)::bigint), 0))"
            " FROM holdings_item WHERE working_number ~ '^W[0-9]+$'"
        )


def _standing_codes() -> Iterator[str]:
    given = Item.objects.filter(is_legacy_code=False, reference_code__isnull=False)
    yield from (code for code in given.values_list("reference_code", flat=True) if code)
    yield from Alias.objects.filter(is_legacy_code=False).values_list("reference_code", flat=True)
    ended = Tombstone.objects.filter(is_legacy_code=False).values_list("reference_code", "former_codes")
    yield from (code for last, former in ended for code in (last, *former))
    yield from (code for code in Volume.objects.values_list("reference_code", flat=True) if code)
