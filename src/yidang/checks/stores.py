"""Looks into the store for the checks: inventories of all, content of a sample."""

from uuid import UUID

from yidang.checks.records import Flaw, Record
from yidang.holdings import stored
from yidang.holdings.dossier import elements
from yidang.holdings.models import Item
from yidang.kernel.errors import DomainError
from yidang.preservation import repository
from yidang.preservation.content import open_content
from yidang.preservation.fixity import verify_object
from yidang.preservation.inventory import Inventory

_PIECE = 1024 * 1024
_PDF_TAIL = 4096


def _flaw(record: Record, why: str, **facts: object) -> Flaw:
    return Flaw(record.id, record.name, why, facts)


def _inventory(item: UUID) -> Inventory | None:
    try:
        return repository.inventory(item)
    except DomainError:
        return None


def structure_flaw(record: Record) -> Flaw | None:
    found = _inventory(record.id)
    if found is None:
        return _flaw(record, "check_object_unreadable")
    names = found.state()
    if stored.DESCRIPTION not in names or stored.PROVENANCE not in names or found.head != record.version:
        return _flaw(record, "check_structure_wrong", version=found.head)
    return None


def location_flaw(record: Record) -> Flaw | None:
    found = _inventory(record.id)
    names = found.state() if found else {}
    lost = [file.ordinal for file in record.files if stored.original(file.ordinal) not in names]
    return _flaw(record, "check_content_not_there", files=lost) if lost or found is None else None


def count_flaw(record: Record) -> Flaw | None:
    found = _inventory(record.id)
    there = sum(name.startswith("original/") for name in found.state()) if found else 0
    if there != len(record.files):
        return _flaw(record, "check_files_differ", there=there, said=len(record.files))
    return None


def fixity_flaw(record: Record) -> Flaw | None:
    differences = verify_object(record.id)
    return _flaw(record, "check_digest_differs", found=len(differences)) if differences else None


def description_flaw(record: Record) -> Flaw | None:
    try:
        told = stored.dossier(record.id)
    except DomainError:
        return _flaw(record, "check_description_unreadable")
    return None if told.reference_code == record.reference_code else _flaw(record, "check_description_differs")


def elements_flaw(record: Record) -> Flaw | None:
    """The elements of DA/T 46 that no record goes without: level, identity, 档号, fonds, title."""
    try:
        there = elements(stored.dossier(record.id))
    except DomainError:
        return _flaw(record, "check_description_unreadable")
    lost = [name for name in ("M1", "M7", "M8", "M9", "M22") if name not in there]
    return _flaw(record, "check_elements_missing", elements=lost) if lost else None


def commitment_flaw(record: Record) -> Flaw | None:
    """The digest in the catalogue is the one the ledger has for the head version."""
    kept = Item.objects.filter(pk=record.id).values_list("description_digest", flat=True).first()
    if kept is None:
        return _flaw(record, "check_not_committed")
    try:
        note = stored.provenance(record.id).versions[-1]
        told = stored.facts(record.id, note)["description_commitment"]
    except (DomainError, LookupError):
        return _flaw(record, "check_description_unreadable")
    return None if told == bytes(kept).hex() else _flaw(record, "check_digest_differs", found=1)


def property_flaw(record: Record) -> Flaw | None:
    try:
        told = stored.dossier(record.id)
    except DomainError:
        return _flaw(record, "check_description_unreadable")
    said = {file.ordinal: (file.size, file.media_type) for file in told.files}
    differ = [file.ordinal for file in record.files if said.get(file.ordinal) != (file.size, file.media_type)]
    return _flaw(record, "check_properties_differ", files=differ) if differ else None


def opening_flaw(record: Record) -> Flaw | None:
    file = record.files[0]
    try:
        read = 0
        with open_content(file.locator) as source:
            while piece := source.read(_PIECE):
                read += len(piece)
    except (DomainError, OSError):
        return _flaw(record, "check_cannot_be_opened", file=file.ordinal)
    return None if read == file.size else _flaw(record, "check_properties_differ", files=[file.ordinal])


def locked_flaw(record: Record) -> Flaw | None:
    """A PDF that wants a password says so in its trailer."""
    for file in record.files:
        if file.media_type == "application/pdf" and _is_locked(file.locator, file.size):
            return _flaw(record, "check_locked", file=file.ordinal)
    return None


def _is_locked(locator: str, size: int) -> bool:
    try:
        with open_content(locator) as source:
            source.seek(max(0, size - _PDF_TAIL))
            return b"/Encrypt" in source.read(_PDF_TAIL)
    except (DomainError, OSError):
        return False
