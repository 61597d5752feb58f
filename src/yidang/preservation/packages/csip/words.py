"""Names and fixed words of METS and its E-ARK profile."""

import re

METS = "http://www.loc.gov/METS/"
CSIP = "https://DILCIS.eu/XML/METS/CSIPExtensionMETS"
XLINK = "http://www.w3.org/1999/xlink"
PREMIS = "http://www.loc.gov/premis/v3"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
PROFILE = "https://earkcsip.dilcis.eu/profile/E-ARK-CSIP.xml"
DOCUMENT = "METS.xml"
PACKAGE_TYPES = {"SIP", "AIP", "DIP", "AIU", "AIC"}
STATUSES = {"CURRENT", "SUPERSEDED"}
CHECKSUMS = {
    "MD5": "md5",
    "SHA-1": "sha1",
    "SHA-256": "sha256",
    "SHA-384": "sha384",
    "SHA-512": "sha512",
}
# METS knows them, and no engine here computes them.
OTHER_CHECKSUMS = {"Adler-32", "CRC32", "HAVAL", "MNP", "TIGER", "WHIRLPOOL"}
METADATA_TYPES = {
    "MARC",
    "MODS",
    "EAD",
    "DC",
    "NISOIMG",
    "LC-AV",
    "VRA",
    "TEIHDR",
    "DDI",
    "FGDC",
    "LOM",
    "PREMIS",
    "PREMIS:OBJECT",
    "PREMIS:AGENT",
    "PREMIS:RIGHTS",
    "PREMIS:EVENT",
    "TEXTMD",
    "METSRIGHTS",
    "EAC-CPF",
    "LIDO",
    "OTHER",
} | {"ISO 19115:2003 NAP"}
# The vocabulary of content information types; it grows by specifications named `cits…_v…`.
INFORMATION_TYPES = {"ERMS", "SIARD1", "SIARD2", "SIARDDK", "GEODATA", "MIXED", "OTHER"}
_SPECIFICATION = re.compile(r"cits[a-z0-9-]+_v\d+_\d+", re.IGNORECASE)
_MOMENT = re.compile(r"-?\d{4,}-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?")
_NAME = re.compile(r"[^\W\d][\w.\u00b7-]*")
# The vocabulary of content categories, with every dash written alike.
CONTENT_TYPES = {
    one.lower()
    for one in (
        "Textual works - Print",
        "Textual works - Digital",
        "Textual works - Electronic Serials",
        "Digital Musical Composition (score-based representations)",
        "Photographs - Print",
        "Photographs - Digital",
        "Other Graphic Images - Print",
        "Other Graphic Images - Digital",
        "Microforms",
        "Audio - On Tangible Medium (digital or analog)",
        "Audio - Media-independent (digital)",
        "Motion Pictures - Digital and Physical Media",
        "Video - File-based and Physical Media",
        "Software",
        "Datasets",
        "Geospatial Data",
        "Databases",
        "Websites",
        "Collection",
        "Event",
        "Interactive resource",
        "Physical object",
        "Service",
        "Mixed",
        "Other",
    )
}


def mets(name: str) -> str:
    return f"{{{METS}}}{name}"


def csip(name: str) -> str:
    return f"{{{CSIP}}}{name}"


def xlink(name: str) -> str:
    return f"{{{XLINK}}}{name}"


def is_information_type(said: str) -> bool:
    return said.upper() in INFORMATION_TYPES or _SPECIFICATION.fullmatch(said) is not None


def is_moment(said: str) -> bool:
    """xsd:dateTime, of which METS makes every date."""
    found = _MOMENT.fullmatch(said)
    if found is None:
        return False
    month, day, hour, minute, second = (int(found[n]) for n in range(1, 6))
    return 1 <= month <= 12 and 1 <= day <= 31 and hour <= 24 and minute <= 59 and second <= 60  # noqa: PLR2004


def is_name(said: str) -> bool:
    """xsd:ID."""
    return _NAME.fullmatch(said) is not None


def is_content_type(said: str) -> bool:
    return said.replace("–", "-").replace("—", "-").strip().lower() in CONTENT_TYPES
