"""The records themselves, and what binds their bytes to the ledger's entries."""

import mimetypes
from typing import Any

from yidang.access.dispute.parcel import Parcel
from yidang.holdings import commitments, stored
from yidang.holdings.dossier import Dossier
from yidang.holdings.models import Item, ItemFile
from yidang.holdings.queries import page_readings, versions
from yidang.preservation import repository
from yidang.preservation.content import open_content


def add_record(parcel: Parcel, item: Item, folder: str) -> dict[str, Any]:
    """Writes originals, text and every version's description; returns the record's part of the manifest."""
    for file in ItemFile.objects.filter(item=item).order_by("ordinal"):
        ending = mimetypes.guess_extension(file.media_type) or ".bin"
        parcel.add(f"{folder}/original/{file.ordinal:04d}{ending}", open_content(file.locator))
    for number, reading in enumerate(page_readings(item), start=1):
        parcel.add(f"{folder}/text/{number:04d}.txt", reading.text().encode())
    salts = {note.number: note.salt for note in stored.provenance(item.pk).versions}
    parcel.add(f"{folder}/provenance.json", repository.read_content(item.pk, stored.PROVENANCE))
    return {
        "id": str(item.pk),
        "reference_code": item.reference_code,
        "folder": folder,
        "versions": [
            {"number": one.number, "entry": str(one.ledger_entry), "salt": salts[one.number]}
            | _version(parcel, item, folder, one.number, bytes.fromhex(salts[one.number]))
            for one in versions(item)
        ],
    }


def _version(parcel: Parcel, item: Item, folder: str, number: int, salt: bytes) -> dict[str, Any]:
    """`pages`: the statement each page commits to, and its salt."""
    described = repository.read_content(item.pk, stored.DESCRIPTION, number)
    path = f"{folder}/versions/{number:04d}/description.json"
    parcel.add(path, described)
    blobs, dossier = stored.page_blobs(item.pk, number), Dossier.decode(described)
    salts = commitments.page_salts(salt, len(blobs))
    pages = [
        {"statement": commitments.page_statement(dossier, page, blob).decode(), "salt": page_salt.hex()}
        for page, (blob, page_salt) in enumerate(zip(blobs, salts, strict=True), start=1)
    ]
    return {"description": path, "pages": pages}
