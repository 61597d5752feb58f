"""CSIP17–CSIP57: descriptive metadata, digital provenance, rights."""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

from yidang.preservation.packages.csip.elements import Mets, all_of
from yidang.preservation.packages.csip.words import METADATA_TYPES, STATUSES, xlink
from yidang.preservation.packages.trees import Tree


@dataclass(frozen=True)
class Reference:
    """A file that a METS document points at, with the requirements its statements answer to."""

    href: str
    size: str
    checksum: str
    kind: str
    href_code: str
    size_code: str
    checksum_code: str
    kind_code: str


def check_metadata(mets: Mets, tree: Tree) -> list[Reference]:
    found: list[Reference] = []
    descriptions = all_of(mets.root, "dmdSec")
    _want_section(mets, tree, "CSIP17", "dmdSec", "descriptive")
    for section in descriptions:
        mets.need("CSIP18", section, "ID")
        mets.moment("CSIP19", section, "CREATED")
        mets.wish("CSIP20", section, "STATUS", STATUSES)
        found += _references(mets, section, 21)
    administration = all_of(mets.root, "amdSec")
    _want_section(mets, tree, "CSIP31", "amdSec", "preservation")
    if len(administration) > 1:
        mets.warning("CSIP31", "amdSec > 1", "csip_too_many")
    for section in administration:
        found += _administration(mets, section)
    return found


def _want_section(mets: Mets, tree: Tree, code: str, section: str, folder: str) -> None:
    """Metadata that lie in the package must be told of; where none do, a section is only recommended."""
    if all_of(mets.root, section):
        return
    if any(path.startswith(f"{mets.base}metadata/{folder}/") for path in tree.sizes):
        mets.error(code, section)
    elif not mets.is_representation:
        mets.warning(code, section)


def _administration(mets: Mets, section: Element) -> list[Reference]:
    found: list[Reference] = []
    provenance = all_of(section, "digiprovMD")
    if not provenance:
        mets.warning("CSIP32", "amdSec/digiprovMD")
    for one in provenance:
        mets.need("CSIP33", one, "ID")
        mets.wish("CSIP34", one, "STATUS", STATUSES)
        found += _references(mets, one, 35)
    for one in all_of(section, "rightsMD"):
        mets.need("CSIP46", one, "ID")
        mets.wish("CSIP47", one, "STATUS", STATUSES)
        found += _references(mets, one, 48)
    return found


def _references(mets: Mets, section: Element, first: int) -> list[Reference]:
    """The ten requirements of a reference have numbers one after another, from that of `mdRef` itself on."""
    references = all_of(section, "mdRef")
    if not references:
        mets.warning(f"CSIP{first}", "mdRef")
    return [_reference(mets, one, first) for one in references]


def _reference(mets: Mets, element: Element, first: int) -> Reference:
    codes = [f"CSIP{first + place}" for place in range(10)]
    mets.need(codes[1], element, "LOCTYPE", {"URL"})
    mets.need(codes[2], element, xlink("type"), {"simple"})
    href = mets.need(codes[3], element, xlink("href"))
    mets.need(codes[4], element, "MDTYPE", METADATA_TYPES)
    mets.need(codes[5], element, "MIMETYPE")
    size = mets.need(codes[6], element, "SIZE")
    mets.moment(codes[7], element, "CREATED")
    checksum = mets.need(codes[8], element, "CHECKSUM")
    kind = mets.need(codes[9], element, "CHECKSUMTYPE")
    return Reference(href, size, checksum, kind, codes[3], codes[6], codes[8], codes[9])
