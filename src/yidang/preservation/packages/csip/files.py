"""CSIP58–CSIP79, CSIP113, CSIP114: the files of the package."""

from xml.etree.ElementTree import Element

from yidang.preservation.packages.csip.elements import Mets, all_of
from yidang.preservation.packages.csip.header import check_information_type
from yidang.preservation.packages.csip.metadata import Reference
from yidang.preservation.packages.csip.words import csip, xlink
from yidang.preservation.packages.trees import Tree

# Requirement → the word in @USE, and the folder whose files it is about.
_GROUPS = {
    "CSIP60": ("Documentation", "documentation"),
    "CSIP113": ("Schemas", "schemas"),
    "CSIP114": ("Representations", "representations"),
}


def check_files(mets: Mets, tree: Tree) -> list[Reference]:
    sections = all_of(mets.root, "fileSec")
    if not sections:
        mets.warning("CSIP58", "fileSec")
        if not mets.is_representation:
            _check_uses(mets, tree, [])
        return []
    if len(sections) > 1:
        mets.error("CSIP58", "fileSec > 1", "csip_too_many")
    mets.need("CSIP59", sections[0], "ID")
    groups = all_of(sections[0], "fileGrp")
    if not mets.is_representation:
        _check_uses(mets, tree, [group.get("USE", "") for group in groups])
    return [found for group in groups for found in _group(mets, group)]


def _check_uses(mets: Mets, tree: Tree, uses: list[str]) -> None:
    """Files that stand there must be told of; where none are, that is only remarked."""
    for code, (use, folder) in _GROUPS.items():
        if any(one == use or one.startswith(use + "/") for one in uses):
            continue
        if any(path.startswith(f"{mets.base}{folder}/") for path in tree.sizes):
            mets.error(code, f"fileSec/fileGrp[@USE='{use}']")
        else:
            mets.warning(code, f"fileSec/fileGrp[@USE='{use}']")


def _group(mets: Mets, group: Element) -> list[Reference]:
    use = mets.need("CSIP64", group, "USE")
    mets.need("CSIP65", group, "ID")
    if use.split("/")[0] == "Representations" or group.get(csip("CONTENTINFORMATIONTYPE")):
        check_information_type(mets, group, "CSIP62", "CSIP63", is_must=True)
    files = list(group.iter(f"{group.tag.rpartition('}')[0]}}}file"))
    if not files:
        mets.error("CSIP66", f"fileGrp[@USE='{use}']/file")
    return [found for one in files for found in _file(mets, one)]


def _file(mets: Mets, element: Element) -> list[Reference]:
    mets.need("CSIP67", element, "ID")
    mets.need("CSIP68", element, "MIMETYPE")
    size = mets.need("CSIP69", element, "SIZE")
    mets.moment("CSIP70", element, "CREATED")
    checksum = mets.need("CSIP71", element, "CHECKSUM")
    kind = mets.need("CSIP72", element, "CHECKSUMTYPE")
    places = all_of(element, "FLocat")
    if len(places) != 1:
        mets.error("CSIP76", f"file[@ID='{element.get('ID', '')}']/FLocat")
    found = []
    for place in places[:1]:
        mets.need("CSIP77", place, "LOCTYPE", {"URL"})
        mets.need("CSIP78", place, xlink("type"), {"simple"})
        href = mets.need("CSIP79", place, xlink("href"))
        found.append(Reference(href, size, checksum, kind, "CSIP79", "CSIP69", "CSIP71", "CSIP72"))
    return found
