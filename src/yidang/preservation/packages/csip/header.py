"""CSIP1–CSIP16: what the package says of itself."""

from xml.etree.ElementTree import Element

from yidang.preservation.packages.csip.elements import Mets, all_of, local
from yidang.preservation.packages.csip.words import PACKAGE_TYPES, csip, is_content_type, is_information_type


def check_root(mets: Mets, name: str) -> None:
    """`name`: of the folder the document stands in."""
    objid = mets.need("CSIP1", mets.root, "OBJID")
    if objid and name and objid != name:
        mets.warning("CSIP1", f"mets/@OBJID={objid} ≠ {name}", "csip_name_differs")
    kind = mets.need("CSIP2", mets.root, "TYPE")
    if kind and not is_content_type(kind):
        mets.error("CSIP2", f"mets/@TYPE={kind}", "csip_wrong_value")
    _check_other_type(mets, kind)
    check_information_type(mets, mets.root, "CSIP4", "CSIP5", is_must=mets.is_representation)
    mets.need("CSIP6", mets.root, "PROFILE")


def _check_other_type(mets: Mets, kind: str) -> None:
    """Stated when, and only when, the category is `Other`; and then not with a word of the vocabulary."""
    other = mets.root.get(csip("OTHERTYPE"), "").strip()
    if kind.lower() == "other" and not other:
        mets.error("CSIP2", "mets/@csip:OTHERTYPE")
        mets.error("CSIP3", "mets/@csip:OTHERTYPE")
    elif other and (kind.lower() != "other" or is_content_type(other)):
        mets.error("CSIP3", f"mets/@csip:OTHERTYPE={other}", "csip_wrong_value")


def check_information_type(mets: Mets, element: Element, code: str, other_code: str, *, is_must: bool) -> None:
    said, place = element.get(csip("CONTENTINFORMATIONTYPE"), "").strip(), local(element.tag)
    if not said:
        tell = mets.error if is_must else mets.warning
        tell(code, f"{place}/@csip:CONTENTINFORMATIONTYPE")
    elif not is_information_type(said):
        mets.error(code, f"{place}/@csip:CONTENTINFORMATIONTYPE={said}", "csip_wrong_value")
    elif said.upper() == "OTHER" and not element.get(csip("OTHERCONTENTINFORMATIONTYPE"), "").strip():
        mets.error(code, f"{place}/@csip:OTHERCONTENTINFORMATIONTYPE")
        mets.error(other_code, f"{place}/@csip:OTHERCONTENTINFORMATIONTYPE")


def check_header(mets: Mets) -> None:
    headers = all_of(mets.root, "metsHdr")
    if len(headers) != 1:
        mets.error("CSIP117", "metsHdr")
    if not headers:
        return
    header = headers[0]
    mets.moment("CSIP7", header, "CREATEDATE")
    mets.wish_moment("CSIP8", header, "LASTMODDATE")
    mets.need("CSIP9", header, csip("OAISPACKAGETYPE"), PACKAGE_TYPES)
    _check_agents(mets, all_of(header, "agent"))


def _check_agents(mets: Mets, agents: list[Element]) -> None:
    """One agent is the program that made the package. Where none is, the nearest to it is named for what it lacks."""
    if not agents:
        mets.error("CSIP10", "metsHdr/agent")
        return
    best = max(agents, key=_likeness)
    mets.need("CSIP11", best, "ROLE", {"CREATOR"})
    mets.need("CSIP12", best, "TYPE", {"OTHER"})
    mets.need("CSIP13", best, "OTHERTYPE", {"SOFTWARE"})
    if not any((one.text or "").strip() for one in all_of(best, "name")):
        mets.error("CSIP14", "agent/name")
    notes = all_of(best, "note")
    if not any((one.text or "").strip() for one in notes):
        mets.error("CSIP15", "agent/note")
    if len(notes) > 1:
        mets.error("CSIP15", "agent/note > 1", "csip_too_many")
    if notes and not any(one.get(csip("NOTETYPE")) == "SOFTWARE VERSION" for one in notes):
        mets.error("CSIP16", "agent/note/@csip:NOTETYPE", "csip_wrong_value")


def _likeness(agent: Element) -> int:
    wanted = {"OTHERTYPE": "SOFTWARE", "ROLE": "CREATOR", "TYPE": "OTHER"}
    same = sum(agent.get(key) == value for key, value in wanted.items())
    return same * 10 + sum(bool(all_of(agent, name)) for name in ("name", "note"))
