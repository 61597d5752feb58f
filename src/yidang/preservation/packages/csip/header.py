"""CSIP1–CSIP16: what the package says of itself."""

from xml.etree.ElementTree import Element

from yidang.preservation.packages.csip.elements import Mets, all_of
from yidang.preservation.packages.csip.words import PACKAGE_TYPES, csip, is_content_type


def check_root(mets: Mets, name: str) -> None:
    """`name`: of the folder the document stands in."""
    objid = mets.need("CSIP1", mets.root, "OBJID")
    if objid and name and objid != name:
        mets.warning("CSIP1", f"mets/@OBJID={objid} ≠ {name}", "csip_name_differs")
    kind = mets.need("CSIP2", mets.root, "TYPE")
    if kind and not is_content_type(kind):
        mets.error("CSIP2", f"mets/@TYPE={kind}", "csip_wrong_value")
    if kind.lower() == "other" and not mets.root.get(csip("OTHERTYPE")):
        mets.warning("CSIP3", "mets/@csip:OTHERTYPE")
    content = mets.root.get(csip("CONTENTINFORMATIONTYPE"), "")
    if not content:
        mets.warning("CSIP4", "mets/@csip:CONTENTINFORMATIONTYPE")
    if content == "OTHER" and not mets.root.get(csip("OTHERCONTENTINFORMATIONTYPE")):
        mets.warning("CSIP5", "mets/@csip:OTHERCONTENTINFORMATIONTYPE")
    mets.need("CSIP6", mets.root, "PROFILE")


def check_header(mets: Mets) -> None:
    headers = all_of(mets.root, "metsHdr")
    if len(headers) != 1:
        mets.error("CSIP117", "metsHdr")
    if not headers:
        return
    header = headers[0]
    mets.need("CSIP7", header, "CREATEDATE")
    mets.wish("CSIP8", header, "LASTMODDATE")
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
    if notes and not any(one.get(csip("NOTETYPE")) == "SOFTWARE VERSION" for one in notes):
        mets.error("CSIP16", "agent/note/@csip:NOTETYPE", "csip_wrong_value")


def _likeness(agent: Element) -> int:
    wanted = {"OTHERTYPE": "SOFTWARE", "ROLE": "CREATOR", "TYPE": "OTHER"}
    same = sum(agent.get(key) == value for key, value in wanted.items())
    return same * 10 + sum(bool(all_of(agent, name)) for name in ("name", "note"))
