"""One item: what the store says, what the catalogue's rows say, what the ledger says."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from yidang.holdings import projection, stored
from yidang.holdings.dossier import Dossier
from yidang.holdings.models import Alias, Identifier, Item, ItemFile, ItemScope, ItemVersion, Page, PendingVersion
from yidang.holdings.provenance import Provenance
from yidang.holdings.sealing import blind_identifiers, newest_forms, open_description, open_reason
from yidang.holdings.witness import Testimony
from yidang.kernel.difference import Difference
from yidang.kernel.errors import DomainError
from yidang.preservation import repository


def about(code: str, *, item: UUID | str | None = None, reference_code: str | None = None, **facts: Any) -> Difference:
    """A difference that says which item or number it is about."""
    named = {"reference_code": reference_code or None, "item": str(item) if item else None}
    return Difference(code, {name: value for name, value in named.items() if value} | facts)


@dataclass
class Rows:
    """The catalogue's rows of one item, gathered in bulk for many."""

    item: Item
    files: list[ItemFile] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    versions: list[ItemVersion] = field(default_factory=list)
    aliases: set[str] = field(default_factory=set)
    identifiers: set[tuple[str, bytes]] = field(default_factory=set)
    scopes: set[projection.Scope] = field(default_factory=set)
    pending: int | None = None


def gather(items: list[Item]) -> dict[UUID, Rows]:
    ids = [item.pk for item in items]
    rows = {item.pk: Rows(item) for item in items}
    for file in ItemFile.objects.filter(item__in=ids).order_by("ordinal"):
        rows[file.item_id].files.append(file)
    for page in Page.objects.filter(item__in=ids).order_by("number"):
        rows[page.item_id].pages.append(page)
    for version in ItemVersion.objects.filter(item__in=ids).order_by("number"):
        rows[version.item_id].versions.append(version)
    for alias in Alias.objects.filter(item__in=ids):
        rows[alias.item_id].aliases.add(alias.reference_code)
    for identifier in Identifier.objects.filter(item__in=ids):
        rows[identifier.item_id].identifiers.add((identifier.kind, bytes(identifier.digest)))
    for scope in ItemScope.objects.filter(item__in=ids, kind__in=projection.OWN_KINDS):
        rows[scope.item_id].scopes.add(projection.scope_of(scope))
    for pending in PendingVersion.objects.filter(item__in=ids):
        rows[pending.item_id].pending = pending.number
    return rows


def compare(rows: Rows, told: Mapping[int, Testimony]) -> Iterator[Difference]:
    """Every difference of one filed item, the most telling first; a damaged store ends the comparison."""
    item = rows.item
    try:
        head = len(repository.versions(item.pk))
        dossier = stored.dossier(item.pk, item.version)
        provenance = stored.provenance(item.pk, item.version)
        contradictions = list(_compare_commitment(rows, provenance, told.get(item.version)))
    except DomainError as problem:
        yield _difference(rows, "item_unreadable", cause=problem.code)
        return
    if head != item.version:
        code = "version_unfinished" if rows.pending == head else "version_wrong"
        yield _difference(rows, code, catalogue=item.version, store=head)
    yield from _compare_versions(rows, provenance, told)
    yield from contradictions
    yield from _compare_description(rows, dossier)
    yield from _compare_columns(rows, dossier)
    yield from _compare_parts(rows, dossier)
    yield from _compare_lookups(rows, dossier)


def _difference(rows: Rows, code: str, **facts: Any) -> Difference:
    item = rows.item
    return about(code, item=item.pk, reference_code=item.reference_code or item.working_number, **facts)


def _compare_versions(rows: Rows, provenance: Provenance, told: Mapping[int, Testimony]) -> Iterator[Difference]:
    notes = {note.number: note for note in provenance.versions}
    numbers = [row.number for row in rows.versions]
    if numbers != sorted(notes):
        yield _difference(rows, "history_differs", catalogue=numbers, store=sorted(notes))
    for row in rows.versions:
        note, entry = notes.get(row.number), told.get(row.number)
        if note and _version_row(rows, row) != (note.kind, note.at, note.actor, note.reason):
            yield _difference(rows, "version_row_changed", version=row.number)
        if entry is None:
            yield _difference(rows, "ledger_entry_missing", version=row.number)
        elif entry.id != row.ledger_entry or entry.actor != row.actor:
            yield _difference(rows, "ledger_entry_differs", version=row.number)


def _version_row(rows: Rows, row: ItemVersion) -> tuple[str, str, str, str]:
    try:
        reason = open_reason(rows.item.pk, row.number, row.reason)
    except DomainError:
        reason = "\0"  # equals no reason anybody gave
    return row.kind, row.at.isoformat(), row.actor, reason


def _compare_commitment(rows: Rows, provenance: Provenance, told: Testimony | None) -> Iterator[Difference]:
    if not provenance.versions or told is None:
        return
    facts = stored.facts(rows.item.pk, provenance.versions[-1])
    if bytes(rows.item.description_digest or b"").hex() != facts["description_commitment"]:
        yield _difference(rows, "digest_changed")
    del facts["inventory_sha512"]  # held against the store's files by preservation.fixity
    for name, value in facts.items():
        if told.facts.get(name) != value:
            yield _difference(rows, "ledger_contradicts_store", fact=name)


def _compare_description(rows: Rows, dossier: Dossier) -> Iterator[Difference]:
    item = rows.item
    try:
        description = open_description(item.pk, item.description)
    except DomainError:
        yield _difference(rows, "description_row_damaged")
        return
    if description.to_json() != dossier.description.to_json():
        yield _difference(rows, "description_row_changed")


def _compare_columns(rows: Rows, dossier: Dossier) -> Iterator[Difference]:
    for name, value in projection.item_columns(dossier).items():
        if getattr(rows.item, name) != value:
            yield _difference(rows, "column_changed", column=name)


def _compare_parts(rows: Rows, dossier: Dossier) -> Iterator[Difference]:
    item = rows.item.pk
    files = {file.ordinal: projection.file_row(item, file) for file in dossier.files}
    if [_file_key(file) for file in rows.files] != [_file_key(files[ordinal]) for ordinal in sorted(files)]:
        yield _difference(rows, "file_rows_changed")
    ordinals = {file.pk: file.ordinal for file in rows.files}
    pages = [
        (number, page.file, _page_key(projection.page_row(item, number, page, files[page.file])))
        for number, page in enumerate(dossier.pages, start=1)
    ]
    if [(page.number, ordinals.get(page.file_id), _page_key(page)) for page in rows.pages] != pages:
        yield _difference(rows, "page_rows_changed")


def _file_key(file: ItemFile) -> tuple[Any, ...]:
    facts = (getattr(file, name) for name in projection.FILE_FACTS)
    return file.ordinal, file.locator, bytes(file.digest), *facts


def _page_key(page: Page) -> tuple[Any, ...]:
    return page.pk, *(getattr(page, name) for name in projection.PAGE_FACTS)


def _compare_lookups(rows: Rows, dossier: Dossier) -> Iterator[Difference]:
    if rows.aliases != projection.former_codes(dossier):
        yield _difference(rows, "aliases_changed")
    newest = newest_forms(dossier.description)
    if {newest.get(one, one) for one in rows.identifiers} != blind_identifiers(dossier.description):
        yield _difference(rows, "identifiers_changed")
    doors = {old.hex(): new.hex() for (_, old), (_, new) in newest.items()}
    standing = {(kind, doors.get(value, value), *place) for kind, value, *place in rows.scopes}
    if standing != projection.scopes(rows.item.series.department_id, dossier):
        yield _difference(rows, "scopes_changed")
