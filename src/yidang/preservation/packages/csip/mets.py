"""METS documents as CSIP wants them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from yidang.kernel.clock import now
from yidang.preservation.packages.csip.words import CSIP, METS, PROFILE, XLINK, XSI
from yidang.preservation.packages.parcel import Parcel


@dataclass(frozen=True)
class Told:
    """A file as METS tells of it; `path` from the document's own folder."""

    path: str
    media_type: str
    size: int
    created: str
    sha512: str
    title: str = ""

    def seen_from(self, base: str) -> "Told":
        return replace(self, path=self.path.removeprefix(base))

    @property
    def stated(self) -> str:
        return (
            f"MIMETYPE={quoteattr(self.media_type)} SIZE={quoteattr(str(self.size))}"
            f" CREATED={quoteattr(self.created)} CHECKSUM={quoteattr(self.sha512)} CHECKSUMTYPE='SHA-512'"
        )

    @property
    def locator(self) -> str:
        return f"LOCTYPE='URL' xlink:type='simple' xlink:href={quoteattr(self.path)}"


@dataclass(frozen=True)
class Group:
    """`points`: its one file is the METS document of a representation."""

    use: str
    files: Sequence[Told]
    points: bool = False


def mets_document(
    *,
    name: str,
    kind: str,
    parcel: Parcel,
    software: str,
    groups: Sequence[Group],
    descriptive: Sequence[Told] = (),
    preservation: Sequence[Told] = (),
) -> bytes:
    ids = (f"{word}-{number}" for word, number in zip(_endless("id"), count(1)))
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>\n',
        (
            f'<mets xmlns="{METS}" xmlns:xlink="{XLINK}" xmlns:csip="{CSIP}" xmlns:xsi="{XSI}" OBJID={quoteattr(name)}'
            f" LABEL={quoteattr(parcel.title or parcel.code)} TYPE='Mixed' csip:CONTENTINFORMATIONTYPE='MIXED'"
            f' PROFILE="{PROFILE}">\n'
        ),
        _header(kind, parcel, software),
    ]
    described, administered = [], []
    for told in descriptive:
        described.append(next(ids))
        kind_of = "MDTYPE='DC'" if told.path.endswith("dc.xml") else "MDTYPE='OTHER' OTHERMDTYPE='YIDANG'"
        parts.append(
            f"<dmdSec ID='{described[-1]}' CREATED={quoteattr(told.created)} STATUS='CURRENT'>"
            f"<mdRef {told.locator} {kind_of} {told.stated}/></dmdSec>\n"
        )
    if preservation:
        parts.append(f"<amdSec ID='{next(ids)}'>\n")
        for told in preservation:
            administered.append(next(ids))
            kind_of = "MDTYPE='PREMIS'" if told.path.endswith("premis.xml") else "MDTYPE='OTHER' OTHERMDTYPE='YIDANG'"
            parts.append(
                f"<digiprovMD ID='{administered[-1]}' STATUS='CURRENT'>"
                f"<mdRef {told.locator} {kind_of} {told.stated}/></digiprovMD>\n"
            )
        parts.append("</amdSec>\n")
    named = [(next(ids), group) for group in groups]
    parts += [f"<fileSec ID='{next(ids)}'>\n", *_groups(named, ids), "</fileSec>\n"]
    parts += _map(name, named, ids, described=described, administered=administered)
    parts.append("</mets>\n")
    return "".join(parts).encode()


def _endless(word: str) -> Iterator[str]:
    while True:
        yield word


def _header(kind: str, parcel: Parcel, software: str) -> str:
    made = now().isoformat(timespec="seconds")
    return (
        f"<metsHdr CREATEDATE='{made}' LASTMODDATE='{made}' RECORDSTATUS='NEW' csip:OAISPACKAGETYPE='{kind}'>\n"
        "<agent ROLE='CREATOR' TYPE='OTHER' OTHERTYPE='SOFTWARE'><name>yidang</name>"
        f"<note csip:NOTETYPE='SOFTWARE VERSION'>{escape(software)}</note></agent>\n"
        "<agent ROLE='ARCHIVIST' TYPE='ORGANIZATION'>"
        f"<name>{escape(parcel.creator or 'yidang')}</name></agent>\n</metsHdr>\n"
    )


def _groups(named: Sequence[tuple[str, Group]], ids: Iterator[str]) -> Iterator[str]:
    for ident, group in named:
        content = " csip:CONTENTINFORMATIONTYPE='MIXED'" if group.points else ""
        yield f"<fileGrp ID='{ident}' USE={quoteattr(group.use)}{content}>\n"
        for told in group.files:
            owner = f" OWNERID={quoteattr(told.title)}" if told.title else ""
            yield f"<file ID='{next(ids)}' {told.stated}{owner}><FLocat {told.locator}/></file>\n"
        yield "</fileGrp>\n"


def _map(
    name: str, named: Sequence[tuple[str, Group]], ids: Iterator[str], *, described: list[str], administered: list[str]
) -> Iterator[str]:
    yield f"<structMap ID='{next(ids)}' TYPE='PHYSICAL' LABEL='CSIP'>\n<div ID='{next(ids)}' LABEL={quoteattr(name)}>\n"
    dmd = f" DMDID='{' '.join(described)}'" if described else ""
    amd = f" ADMID='{' '.join(administered)}'" if administered else ""
    yield f"<div ID='{next(ids)}' LABEL='Metadata'{amd}{dmd}/>\n"
    for ident, group in named:
        yield f"<div ID='{next(ids)}' LABEL={quoteattr(group.use)}>"
        if group.points:
            told = group.files[0]
            yield f"<mptr {told.locator} xlink:title='{ident}'/></div>\n"
        else:
            yield f"<fptr FILEID='{ident}'/></div>\n"
    yield "</div>\n</structMap>\n"
