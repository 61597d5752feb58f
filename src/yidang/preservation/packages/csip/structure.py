"""CSIP80–CSIP119: the structural map; CSIPSTR: the folders."""

from urllib.parse import unquote
from xml.etree.ElementTree import Element

from yidang.preservation.packages.csip.elements import Mets, all_of, deep
from yidang.preservation.packages.csip.words import xlink
from yidang.preservation.packages.names import plain
from yidang.preservation.packages.trees import Tree

_LABEL = "CSIP"
_SIMPLE = {
    "Documentation": ("CSIP93", "CSIP94", "CSIP96", "CSIP116"),
    "Schemas": ("CSIP97", "CSIP98", "CSIP100", "CSIP118"),
    "Representations": ("CSIP101", "CSIP102", "CSIP104", "CSIP119"),
}


def check_map(mets: Mets) -> list[str]:
    """The representation METS documents that the map points at."""
    maps = all_of(mets.root, "structMap")
    ours = [one for one in maps if one.get("LABEL") == _LABEL]
    if not maps:
        mets.error("CSIP80", "structMap")
        return []
    if not ours:
        mets.error("CSIP82", f"structMap/@LABEL={maps[0].get('LABEL', '')}", "csip_wrong_value")
        ours = maps[:1]
    elif len(ours) > 1:
        mets.error("CSIP80", "structMap[@LABEL='CSIP'] > 1", "csip_too_many")
    mets.need("CSIP81", ours[0], "TYPE", {"PHYSICAL"})
    mets.need("CSIP83", ours[0], "ID")
    tops = all_of(ours[0], "div")
    if len(tops) != 1:
        mets.error("CSIP84", "structMap/div")
    return [href for top in tops[:1] for href in _check_top(mets, top)]


def _check_top(mets: Mets, top: Element) -> list[str]:
    mets.need("CSIP85", top, "ID")
    label = mets.need("CSIP86", top, "LABEL")
    if label and label != mets.root.get("OBJID"):
        mets.error("CSIP86", f"div/@LABEL={label}", "csip_wrong_value")
    parts = all_of(top, "div")
    for part in parts:
        if not part.get("LABEL"):
            mets.error("CSIP90", "structMap/div/div/@LABEL")
    _check_metadata(mets, [one for one in parts if one.get("LABEL") == "Metadata"])
    uses = _groups_by_use(mets)
    for word, codes in _SIMPLE.items():
        if word != "Representations" or not mets.is_representation:
            _check_part(mets, word, codes, [one for one in parts if one.get("LABEL") == word], uses)
    return _check_representations(mets, parts, uses)


def _groups_by_use(mets: Mets) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for group in deep(mets.root, "fileGrp"):
        found.setdefault(group.get("USE", ""), []).append(group.get("ID", ""))
    return found


def _below(uses: dict[str, list[str]], word: str) -> set[str]:
    """Identifiers of the groups whose use is the word, or stands below it."""
    return {ident for use, idents in uses.items() if use.split("/")[0] == word for ident in idents}


def _check_metadata(mets: Mets, found: list[Element]) -> None:
    if len(found) != 1:
        mets.error("CSIP88", "structMap/div/div[@LABEL='Metadata']")
    for one in found[:1]:
        mets.need("CSIP89", one, "ID")
        if all_of(mets.root, "amdSec") and not one.get("ADMID"):
            mets.warning("CSIP91", "div[@LABEL='Metadata']/@ADMID")
        if all_of(mets.root, "dmdSec") and not one.get("DMDID"):
            mets.warning("CSIP92", "div[@LABEL='Metadata']/@DMDID")


def _check_part(
    mets: Mets, word: str, codes: tuple[str, str, str, str], found: list[Element], uses: dict[str, list[str]]
) -> None:
    part, ident, pointer, target = codes
    groups = uses.get(word, [])
    if len(found) > 1:
        mets.error(part, f"div[@LABEL='{word}'] > 1", "csip_too_many")
    if not found:
        if groups:
            mets.error(pointer, f"div[@LABEL='{word}']")
        elif word != "Representations" and not mets.is_representation:
            mets.warning(part, f"div[@LABEL='{word}']")
        return
    mets.need(ident, found[0], "ID")
    pointers = all_of(found[0], "fptr")
    if groups and not pointers:
        mets.error(pointer, f"div[@LABEL='{word}']/fptr")
    named = [mets.need(target, one, "FILEID") for one in pointers]
    known = {one.get("ID", "") for one in deep(mets.root, "fileGrp")}
    own = _below(uses, word)
    for one in named:
        if one and one not in known:
            mets.error(target, f"fptr/@FILEID={one}", "csip_points_nowhere")
        elif one and one not in own:
            mets.error(target, f"fptr/@FILEID={one}", "csip_points_elsewhere")
    for one in set(groups) - set(named) if pointers else ():
        mets.error(pointer, f"fileGrp[@ID='{one}']", "csip_not_pointed_at")


def _check_representations(mets: Mets, parts: list[Element], uses: dict[str, list[str]]) -> list[str]:
    """One division each, straight below the main one or within the division `Representations`."""
    nested = [one for part in parts if part.get("LABEL") == "Representations" for one in all_of(part, "div")]
    found = [one for one in parts if one.get("LABEL", "").startswith("Representations/")] + nested
    labels = {one.get("LABEL", "").rstrip("/") for one in found}
    whole = [part for part in parts if part.get("LABEL") == "Representations"]
    pointed = {one.get("FILEID") for part in whole for one in all_of(part, "fptr")}
    for use, idents in uses.items():
        name = "/".join(use.split("/")[:2])
        if use.startswith("Representations/") and name not in labels and not pointed.issuperset(idents):
            mets.error("CSIP104" if whole else "CSIP105", f"div[@LABEL='{name}']")
    hrefs = []
    for one in found:
        mets.need("CSIP106", one, "ID")
        label = mets.need("CSIP107", one, "LABEL")
        pointers = all_of(one, "mptr")
        if not pointers and all_of(one, "fptr"):
            continue  # a representation without a METS of its own
        if len(pointers) != 1:
            mets.error("CSIP109", f"div[@LABEL='{label}']/mptr")
        hrefs += [_pointer(mets, pointer, label) for pointer in pointers[:1]]
    return [href for href in hrefs if href]


def _pointer(mets: Mets, pointer: Element, label: str) -> str:
    title = mets.need("CSIP108", pointer, xlink("title"))
    if title and title not in _below(_groups_by_use(mets), "Representations"):
        mets.error("CSIP108", f"mptr/@xlink:title={title}", "csip_points_elsewhere")
    mets.need("CSIP111", pointer, xlink("type"), {"simple"})
    mets.need("CSIP112", pointer, "LOCTYPE", {"URL"})
    href = mets.need("CSIP110", pointer, xlink("href"))
    folder = plain(unquote(href)).rpartition("/")[0].casefold()
    if href and label.startswith("Representations/") and folder != label.rstrip("/").casefold():
        mets.error("CSIP110", f"mptr/@xlink:href={href} ≠ {label}", "csip_wrong_value")
    return href


def check_folders(tree: Tree, findings_of: Mets) -> None:
    """What is only recommended; METS.xml itself is asked for before anything else."""
    wished = {"CSIPSTR5": "metadata", "CSIPSTR9": "representations"}
    for code, folder in wished.items():
        if not tree.has_folder(folder):
            findings_of.warning(code, folder + "/")
    for folder in sorted({path.split("/")[1] for path in tree.sizes if path.startswith("representations/")}):
        place = f"representations/{folder}"
        if tree.has_folder(place):
            if not tree.has_folder(place + "/data"):
                findings_of.warning("CSIPSTR11", place + "/data/")
            if place + "/METS.xml" not in tree.sizes:
                findings_of.warning("CSIPSTR12", place + "/METS.xml")
