"""An E-ARK package as a parcel."""

from functools import partial
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from yidang.preservation.packages.csip.elements import all_of, deep, parse
from yidang.preservation.packages.csip.words import DC, DOCUMENT, PREMIS, xlink
from yidang.preservation.packages.findings import Findings
from yidang.preservation.packages.foreign import original_of, own_piece
from yidang.preservation.packages.parcel import Happening, Parcel, Piece
from yidang.preservation.packages.trees import Tree

_OWN = ("metadata/descriptive/", "metadata/preservation/", "documentation/")


def read_csip(tree: Tree) -> Parcel:
    mets = parse(tree.read(DOCUMENT) or b"", DOCUMENT, Findings())
    root = mets.root if mets else Element("mets")
    described = _dublin_core(tree)
    is_ours = "metadata/descriptive/description.json" in tree.sizes
    names = _owner_names(tree)
    headers = all_of(root, "metsHdr")
    creators = [one for one in deep(root, "agent") if one.get("TYPE") == "ORGANIZATION"]
    identifiers = described.get("identifier", [])
    return Parcel(
        id=next((one for one in identifiers if one.startswith("urn:uuid:")), ""),
        code=next((one for one in identifiers if not one.startswith("urn:uuid:")), "") or root.get("OBJID", ""),
        title=next(iter(described.get("title", [])), "") or root.get("LABEL", "") or tree.name,
        creator=next((name.text or "" for one in creators for name in all_of(one, "name")), ""),
        created=headers[0].get("CREATEDATE", "") if headers else "",
        pieces=_own(tree, names) if is_ours else _foreign(tree, names),
        happenings=_happenings(tree),
    )


def _own(tree: Tree, names: dict[str, str]) -> list[Piece]:
    found = []
    for path in sorted(tree.sizes):
        name = next((path.removeprefix(one) for one in _OWN if path.startswith(one)), "")
        if path.startswith("representations/") and "/data/" in path:
            name = path.split("/data/", 1)[1]
        if name:
            found.append(own_piece(name, tree.sizes[path], partial(tree.open, path), title=names.get(path, "")))
    return [one for one in found if one]


def _foreign(tree: Tree, names: dict[str, str]) -> list[Piece]:
    paths = [path for path in sorted(tree.sizes) if path.startswith("representations/") and "/data/" in path]
    return [
        original_of(names.get(path) or path.split("/data/", 1)[1], number, tree.sizes[path], partial(tree.open, path))
        for number, path in enumerate(paths, start=1)
    ]


def _owner_names(tree: Tree) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in tree.sizes:
        if path == DOCUMENT or (path.startswith("representations/") and path.endswith("/" + DOCUMENT)):
            mets = parse(tree.read(path) or b"", path, Findings())
            for file in deep(mets.root, "file") if mets else ():
                for place in all_of(file, "FLocat"):
                    found[mets.base + place.get(xlink("href"), "")] = file.get("OWNERID", "")  # type: ignore[union-attr]
    return found


def _dublin_core(tree: Tree) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in sorted(tree.sizes):
        if path.startswith("metadata/descriptive/") and path.endswith(".xml"):
            for one in _elements(tree.read(path)):
                if one.tag.startswith(f"{{{DC}}}") and one.text:
                    found.setdefault(one.tag.rpartition("}")[2], []).append(one.text.strip())
    return found


def _happenings(tree: Tree) -> list[Happening]:
    found = []
    for path in sorted(tree.sizes):
        if path.startswith("metadata/preservation/") and path.endswith(".xml"):
            found += [_happening(one) for one in _elements(tree.read(path)) if one.tag == f"{{{PREMIS}}}event"]
    return found


def _elements(raw: bytes | None) -> list[Element]:
    try:
        return list(fromstring(raw or b"", forbid_dtd=True).iter())
    except (ParseError, DefusedXmlException, ValueError):
        return []


def _happening(event: Element) -> Happening:
    def said(name: str) -> str:
        return next((one.text or "" for one in event.iter(f"{{{PREMIS}}}{name}")), "")

    return Happening(
        type=said("eventType"),
        at=said("eventDateTime"),
        agent=said("linkingAgentIdentifierValue"),
        object=said("linkingObjectIdentifierValue"),
        detail=said("eventDetail"),
        outcome=said("eventOutcome"),
    )
