"""Names and fixed words of METS and its E-ARK profile."""

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


def is_content_type(said: str) -> bool:
    return said.replace("–", "-").replace("—", "-").strip().lower() in CONTENT_TYPES
