"""A filed item told neutrally: originals, words, description, provenance, ledger proofs."""

import json
import mimetypes
from collections.abc import Iterator, Sequence
from functools import cache, partial
from importlib.resources import files
from io import BytesIO
from typing import Any, BinaryIO

from django.conf import settings

from yidang.holdings import stored
from yidang.holdings.dossier import Dossier, elements
from yidang.holdings.models import Item, ItemFile
from yidang.holdings.provenance import Event
from yidang.holdings.queries import page_readings, versions
from yidang.kernel import clock
from yidang.ledger.operations import sequence
from yidang.ledger.queries import proof_file
from yidang.preservation import repository
from yidang.preservation.content import open_content
from yidang.preservation.packages.parcel import (
    DESCRIPTION,
    FORMER,
    ORIGINAL,
    PROOF,
    PROVENANCE,
    READING,
    REPORT,
    TEXT,
    Element,
    Happening,
    Parcel,
    Piece,
)

# The format of a file that tells of the record's life in the archive it came from.
FORMER_FORMAT = "x-yidang/former"
_JSON = "application/json"


Proofs = Sequence[dict[str, Any]]


def parcel_of(item: Item, *, proofs: Proofs = (), report: bytes | None = None) -> Parcel:
    """`proofs` as `proofs_of` gives them; `report`: the four-nature report that goes inside."""
    dossier = stored.dossier(item.id)
    provenance = stored.provenance(item.id)
    return Parcel(
        id=f"urn:uuid:{item.id}",
        code=item.reference_code or "",
        title=dossier.description.title,
        creator=settings.YIDANG.bureau_name,
        created=clock.now().isoformat(timespec="seconds"),
        pieces=list(_pieces(item, dossier, proofs, report)),
        elements=list(_elements(dossier)),
        happenings=[_happening(event) for event in provenance.events],
    )


def _pieces(item: Item, dossier: Dossier, proofs: Proofs, report: bytes | None) -> Iterator[Piece]:
    """Original names stand in the description; in the package a file goes by its number, which any system unpacks."""
    names = {file.ordinal: file.name for file in dossier.files}
    for file in ItemFile.objects.filter(item=item).order_by("ordinal"):
        yield _original(file, names.get(file.ordinal, ""))
    for number, reading in enumerate(page_readings(item), start=1):
        lines = [{"text": line.text, "box": list(line.box), "confidence": line.confidence} for line in reading.lines]
        yield _piece(TEXT, f"text/{number:04d}.txt", reading.text().encode(), "text/plain")
        yield _piece(READING, f"text/{number:04d}.json", _json(lines))
    yield _piece(DESCRIPTION, "description.json", repository.read_content(item.id, stored.DESCRIPTION))
    yield _piece(PROVENANCE, "provenance.json", repository.read_content(item.id, stored.PROVENANCE))
    for number, proof in enumerate(proofs, start=1):
        yield _piece(PROOF, f"ledger/version-{number:04d}.json", _json(proof))
    if report is not None:
        yield _piece(REPORT, "report/four-natures.json", report)


def _original(file: ItemFile, name: str) -> Piece:
    is_former = file.puid == FORMER_FORMAT
    ending = mimetypes.guess_extension(file.media_type) or ".bin"
    return Piece(
        role=FORMER if is_former else ORIGINAL,
        name=f"{'former' if is_former else 'original'}/{file.ordinal:04d}{ending}",
        media_type=file.media_type,
        size=file.size,
        open=partial(_opened, file.locator),
        title=name,
        puid=file.puid,
    )


def _opened(locator: str) -> BinaryIO:
    return open_content(locator)


def _piece(role: str, name: str, data: bytes, media: str = _JSON) -> Piece:
    return Piece(role, name, media, len(data), partial(BytesIO, data))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1).encode()


def proofs_of(item: Item) -> Proofs:
    """Of every version, with the sealed part opened: whoever may take the record away may see what is committed to.

    Never inside a transaction: what was just written is brought into the log first.
    """
    sequence()
    return [proof_file(one.ledger_entry, with_private=True) for one in versions(item)]


def _happening(event: Event) -> Happening:
    return Happening(event.type, event.at, event.agent, event.object, event.detail, event.outcome)


def _elements(dossier: Dossier) -> Iterator[Element]:
    for number, value in sorted(elements(dossier).items(), key=lambda pair: int(pair[0][1:])):
        name, group = _names().get(number, (number, ""))
        yield Element(number, name, group, value)


@cache
def _names() -> dict[str, tuple[str, str]]:
    """DA/T 46 number → name and the element it stands in."""
    text = files("yidang.holdings").joinpath("data/dat46_metadata.csv").read_text(encoding="utf-8")
    rows = [line.split(",") for line in text.splitlines()[1:] if line]
    return {row[0]: (row[1], row[2]) for row in rows}
