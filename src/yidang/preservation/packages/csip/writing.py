"""A parcel as an E-ARK information package: one representation with the originals, one with what was read on them."""

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from yidang.preservation.packages.csip import premis
from yidang.preservation.packages.csip.describing import SCHEMA, dublin_core
from yidang.preservation.packages.csip.mets import Group, Told, mets_document
from yidang.preservation.packages.parcel import DESCRIPTION, FORMER, ORIGINAL, PROOF, PROVENANCE, REPORT, Parcel, Piece
from yidang.preservation.packages.sinks import write

ORIGINALS, TEXTS = "originals", "texts"
# Where pieces that are not content stand: folder, and whether a METS section refers to them.
_DESCRIPTIVE, _PRESERVATION, _DOCUMENTATION = "metadata/descriptive/", "metadata/preservation/", "documentation/"
_PLACES = {
    DESCRIPTION: _DESCRIPTIVE,
    PROVENANCE: _PRESERVATION,
    PROOF: _PRESERVATION,
    FORMER: _PRESERVATION,
    REPORT: _DOCUMENTATION,
}
_README = """\
representations/originals/data/original 原始文件
representations/texts/data/text 各页文字（.txt）与坐标（.json）
metadata/descriptive 著录（Dublin Core 与完整著录 JSON）
metadata/preservation PREMIS 保管事件、版本说明、账本证明

originals: the files as received; texts: what was read on each page;
metadata: description, PREMIS events, ledger proofs.
"""


def write_csip(parcel: Parcel, folder: Path, *, kind: str = "AIP") -> None:
    """`kind`: SIP or AIP. The folder's own name becomes the package's."""
    written = {piece.name: _put(folder, place_of(piece), piece, parcel.created) for piece in parcel.pieces}
    descriptive = [written[piece.name] for piece in parcel.of(DESCRIPTION)]
    descriptive.insert(0, _put_bytes(folder, _DESCRIPTIVE + "dc.xml", dublin_core(parcel), parcel.created))
    preservation = [written[piece.name] for piece in parcel.of(PROVENANCE, PROOF, FORMER)]
    told = premis.document(parcel, written)
    preservation.insert(0, _put_bytes(folder, _PRESERVATION + "premis.xml", told, parcel.created))
    documentation = [written[piece.name] for piece in parcel.of(REPORT)]
    documentation.append(_put_bytes(folder, _DOCUMENTATION + "README.txt", _README.encode(), parcel.created))
    schemas = [_put_bytes(folder, "schemas/simpledc.xsd", SCHEMA, parcel.created)]
    groups = [Group("Documentation", documentation), Group("Schemas", schemas)]
    groups += [_representation(parcel, folder, name, files) for name, files in _contents(parcel, written)]
    name = folder.name.removesuffix(".part")
    document = mets_document(
        name=name,
        kind=kind,
        parcel=parcel,
        software=version("yidang"),
        descriptive=descriptive,
        preservation=preservation,
        groups=groups,
    )
    write(folder / "METS.xml", document)


def place_of(piece: Piece) -> str:
    """The path of a piece in the package."""
    if piece.role in _PLACES:
        return _PLACES[piece.role] + piece.name
    return f"representations/{ORIGINALS if piece.role == ORIGINAL else TEXTS}/data/{piece.name}"


def _contents(parcel: Parcel, written: dict[str, Told]) -> Sequence[tuple[str, list[Told]]]:
    originals = [written[piece.name] for piece in parcel.of(ORIGINAL)]
    texts = [written[piece.name] for piece in parcel.pieces if piece.role not in {ORIGINAL, *_PLACES}]
    return [(name, files) for name, files in ((ORIGINALS, originals), (TEXTS, texts)) if files]


def _representation(parcel: Parcel, folder: Path, name: str, files: list[Told]) -> Group:
    base = f"representations/{name}/"
    inside = [one.seen_from(base) for one in files]
    document = mets_document(
        name=name,
        kind="AIP",
        parcel=parcel,
        software=version("yidang"),
        groups=[Group("Data", inside)],
    )
    told = _put_bytes(folder, base + "METS.xml", document, parcel.created)
    return Group(f"Representations/{name}", [told], points=True)


def _put(folder: Path, path: str, piece: Piece, created: str) -> Told:
    done = write(folder / path, piece.open)
    return Told(path, piece.media_type, done.size, piece.created or created, done.sha512, piece.title)


def _put_bytes(folder: Path, path: str, content: bytes, created: str) -> Told:
    done = write(folder / path, content)
    media = {"xml": "application/xml", "xsd": "application/xml"}.get(path.rpartition(".")[2], "text/plain")
    return Told(path, media, done.size, created, done.sha512)
