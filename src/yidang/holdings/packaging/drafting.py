"""A package of ours as a draft again: description, pages, words and files as they were, its former life kept.

The 档号 it had is brought as an old number; what the former archive knew of it (description, provenance, ledger
proofs) is laid down as one more file of the record, so that nothing of its history is lost.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from yidang.crypto.fields import content_digest
from yidang.holdings.description import Field
from yidang.holdings.dossier import Dossier, StoredFile, StoredPage
from yidang.holdings.drafts import Draft, DraftFile, DraftPage, PageProperties
from yidang.holdings.packaging.parcels import FORMER_FORMAT
from yidang.holdings.reading import Line, PageReading, decode_page, split_pages
from yidang.kernel.errors import Invalid
from yidang.preservation.packages.ocfl.reading import STORED_TEXT
from yidang.preservation.packages.parcel import DESCRIPTION, FORMER, ORIGINAL, PROOF, PROVENANCE, READING, Parcel, Piece

FORMER_NAME = "迁入前档案信息.json"
FORMER_VERSION = "yidang-former/1"
_PROPERTIES = ("width", "height", "dpi", "rotation", "skew", "is_blank", "has_seal", "text_origin", "confidence")


@dataclass(frozen=True)
class Staged:
    """`locator` as holdings opens it."""

    locator: str
    size: int
    sm3: bytes


Stage = Callable[[Piece], Staged]
StageBytes = Callable[[bytes], Staged]


def is_ours(parcel: Parcel) -> bool:
    return parcel.one(DESCRIPTION) is not None and parcel.one(PROVENANCE) is not None


def draft_of(
    parcel: Parcel, *, draft_id: UUID, series: str, accession: UUID, stage: Stage, stage_bytes: StageBytes
) -> Draft:
    """Raises Invalid: `description_damaged`, `package_malformed` when files and description do not agree."""
    dossier = _dossier(parcel)
    readings = _readings(parcel)
    pages = {file.ordinal: _pages(dossier, file.ordinal, readings) for file in dossier.files}
    files = [_file(piece, dossier, pages, stage) for piece in _originals(parcel)]
    if len(files) != len(dossier.files):
        raise Invalid("package_malformed", detail="files")
    return Draft(
        id=draft_id,
        series=series,
        year=dossier.year,
        description=_described(dossier),
        files=[*files, _former(parcel, stage_bytes)],
        accession=accession,
        document_type=dossier.document_type,
        confidence=1.0,
        is_paper_only=dossier.is_paper_only,
    )


def _dossier(parcel: Parcel) -> Dossier:
    piece = parcel.one(DESCRIPTION)
    if piece is None:
        raise Invalid("package_malformed", detail=DESCRIPTION)
    return Dossier.decode(piece.read())


def _described(dossier: Dossier) -> Any:
    """The number it had is asked for again; where it is taken, a person decides."""
    return dossier.description.with_fields({"legacy_code": Field(dossier.reference_code, source="catalogue")})


def _originals(parcel: Parcel) -> Sequence[Piece]:
    return sorted(parcel.of(ORIGINAL, FORMER), key=_ordinal)


def _ordinal(piece: Piece) -> int:
    """`original/0003.pdf` and `original/3` are the third file."""
    stem = piece.name.rsplit("/", 1)[-1].split(".", 1)[0]
    if not stem.isdecimal():
        raise Invalid("package_malformed", detail=piece.name)
    return int(stem)


def _file(piece: Piece, dossier: Dossier, pages: dict[int, list[DraftPage]], stage: Stage) -> DraftFile:
    told = next((file for file in dossier.files if file.ordinal == _ordinal(piece)), None)
    if told is None:
        raise Invalid("package_malformed", detail=piece.name)
    staged = stage(piece)
    _compare(told, staged)
    return DraftFile(
        locator=staged.locator,
        media_type=told.media_type,
        size=staged.size,
        digest=content_digest(staged.sm3),
        puid=told.puid,
        name=told.name,
        sm3=staged.sm3,
        pages=pages[told.ordinal],
    )


def _compare(told: StoredFile, staged: Staged) -> None:
    if staged.size != told.size or (told.sm3 and told.sm3 != staged.sm3.hex()):
        raise Invalid("package_malformed", detail=f"original/{told.ordinal}")


def _pages(dossier: Dossier, ordinal: int, readings: Sequence[PageReading]) -> list[DraftPage]:
    return [
        DraftPage(page.index_in_file, _properties(page), readings[number] if number < len(readings) else PageReading())
        for number, page in enumerate(dossier.pages)
        if page.file == ordinal
    ]


def _properties(page: StoredPage) -> PageProperties:
    return PageProperties(**{name: getattr(page, name) for name in _PROPERTIES})


def _readings(parcel: Parcel) -> list[PageReading]:
    stored = parcel.one(STORED_TEXT)
    if stored is not None:
        return [decode_page(blob) for blob in split_pages(stored.read())]
    pieces = sorted(parcel.of(READING), key=lambda piece: piece.name)
    return [PageReading([Line(**line) for line in json.loads(piece.read())]) for piece in pieces]


def _former(parcel: Parcel, stage: StageBytes) -> DraftFile:
    said = {
        "format": FORMER_VERSION,
        "package": {"id": parcel.id, "code": parcel.code, "creator": parcel.creator, "created": parcel.created},
        "description": _json(parcel.one(DESCRIPTION)),
        "provenance": _json(parcel.one(PROVENANCE)),
        "proofs": [_json(piece) for piece in parcel.of(PROOF)],
    }
    staged = stage(json.dumps(said, ensure_ascii=False, sort_keys=True).encode())
    return DraftFile(
        locator=staged.locator,
        media_type="application/json",
        size=staged.size,
        digest=content_digest(staged.sm3),
        puid=FORMER_FORMAT,
        name=FORMER_NAME,
        sm3=staged.sm3,
    )


def _json(piece: Piece | None) -> Any:
    return json.loads(piece.read()) if piece else None


def without_number(draft: Draft) -> Draft:
    """For an archive that has the number already."""
    return replace(draft, description=draft.description.with_fields({"legacy_code": None}))
