"""The formats this archive knows, by PRONOM identifier."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath


class Family(StrEnum):
    PDF = "PDF"
    JPEG = "JPEG"
    PNG = "PNG"
    JPEG2000 = "JPEG 2000"
    TIFF = "TIFF"
    BMP = "BMP"
    GIF = "GIF"
    WEBP = "WebP"
    OFD = "OFD"
    DOCX = "DOCX"
    XLSX = "XLSX"
    OLE = "OLE2"
    ZIP = "ZIP"
    WAV = "WAV"
    MP3 = "MP3"
    MP4 = "MP4"
    TEXT = "TXT"
    UNKNOWN = "?"


PAGED = frozenset(
    {
        Family.PDF,
        Family.JPEG,
        Family.PNG,
        Family.JPEG2000,
        Family.TIFF,
        Family.BMP,
        Family.GIF,
        Family.WEBP,
        Family.OFD,
        Family.DOCX,
    }
)
RECORDINGS = frozenset({Family.WAV, Family.MP3, Family.MP4})
SINGLE_IMAGES = frozenset({Family.JPEG, Family.PNG, Family.JPEG2000, Family.BMP, Family.TIFF, Family.WEBP})
ACCEPTED = PAGED | RECORDINGS


@dataclass(frozen=True)
class Format:
    """`puid` is blank where PRONOM has no entry for what we found."""

    puid: str
    media_type: str
    family: Family

    @property
    def is_accepted(self) -> bool:
        return self.family in ACCEPTED

    @property
    def is_paged(self) -> bool:
        return self.family in PAGED

    @property
    def is_recording(self) -> bool:
        return self.family in RECORDINGS


MEDIA_TYPES = {
    Family.PDF: "application/pdf",
    Family.JPEG: "image/jpeg",
    Family.PNG: "image/png",
    Family.JPEG2000: "image/jp2",
    Family.TIFF: "image/tiff",
    Family.BMP: "image/bmp",
    Family.GIF: "image/gif",
    Family.WEBP: "image/webp",
    Family.OFD: "application/ofd",
    Family.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Family.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Family.OLE: "application/x-ole-storage",
    Family.ZIP: "application/zip",
    Family.WAV: "audio/wav",
    Family.MP3: "audio/mpeg",
    Family.MP4: "video/mp4",
    Family.TEXT: "text/plain",
    Family.UNKNOWN: "application/octet-stream",
}

SUFFIXES = {
    Family.PDF: {".pdf"},
    Family.JPEG: {".jpg", ".jpeg", ".jpe", ".jfif"},
    Family.PNG: {".png"},
    Family.JPEG2000: {".jp2", ".j2k", ".j2c", ".jpc", ".jpx", ".jpf"},
    Family.TIFF: {".tif", ".tiff"},
    Family.BMP: {".bmp", ".dib"},
    Family.GIF: {".gif"},
    Family.WEBP: {".webp"},
    Family.OFD: {".ofd"},
    Family.DOCX: {".docx"},
    Family.XLSX: {".xlsx"},
    Family.ZIP: {".zip"},
    Family.WAV: {".wav", ".wave"},
    Family.MP3: {".mp3"},
    Family.MP4: {".mp4", ".m4v", ".m4a", ".mov"},
}
_KNOWN_SUFFIXES = frozenset().union(*SUFFIXES.values()) | {
    ".doc",
    ".xls",
    ".csv",
    ".txt",
    ".xml",
    ".html",
    ".rar",
    ".7z",
    ".heic",
    ".ppt",
    ".pptx",
}


def made(family: Family, puid: str) -> Format:
    return Format(puid=puid, media_type=MEDIA_TYPES[family], family=family)


def suffix_fits(name: str, family: Family) -> bool:
    """False only when the suffix names another format: `scan.001` and `letter` say nothing, so they fit."""
    suffix = PurePosixPath(name).suffix.lower()
    return suffix not in _KNOWN_SUFFIXES or suffix in SUFFIXES.get(family, set())
