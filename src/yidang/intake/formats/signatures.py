"""The bytes by which PRONOM tells versions of one format apart. Checked against Siegfried in the tests."""

import re
import struct

_PDF_HEADER = re.compile(rb"%PDF-(\d\.\d)")
_PDFA_NAMESPACE = b"http://www.aiim.org/pdfa/ns/id/"
_PDFA_PART = re.compile(rb"pdfaid:part(?:>|\s*=\s*[\"'])\s*(\d)")
_PDFA_CONFORMANCE = re.compile(rb"pdfaid:conformance(?:>|\s*=\s*[\"'])\s*([ABUabu])")
_PDF_PUIDS = {
    "1.0": "fmt/14",
    "1.1": "fmt/15",
    "1.2": "fmt/16",
    "1.3": "fmt/17",
    "1.4": "fmt/18",
    "1.5": "fmt/19",
    "1.6": "fmt/20",
    "1.7": "fmt/276",
    "2.0": "fmt/1129",
}
_PDFA_PUIDS = {
    "1A": "fmt/95",
    "1B": "fmt/354",
    "2A": "fmt/476",
    "2B": "fmt/477",
    "2U": "fmt/478",
    "3A": "fmt/479",
    "3B": "fmt/480",
    "3U": "fmt/481",
}
_JFIF_PUIDS = {b"\x01\x00": "fmt/42", b"\x01\x01": "fmt/43", b"\x01\x02": "fmt/44"}
_EXIF_PUIDS = {
    b"0200": "x-fmt/398",
    b"0210": "x-fmt/390",
    b"0220": "x-fmt/391",
    b"0221": "fmt/645",
    b"0230": "fmt/1507",
    b"0231": "fmt/1507",
    b"0232": "fmt/1507",
}
_FRAME_HEADER, _BMP_HEADER = 4, 30
_TWO_BITS, _FOUR_BITS, _SYNC, _LAYER_3 = 0b11, 0b1111, 0x7FF, 0b01
STILL_PICTURE_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})


def pdf_version(head: bytes) -> str | None:
    """Readers accept the header anywhere in the first kilobyte."""
    found = _PDF_HEADER.search(head[:1024])
    return found.group(1).decode() if found else None


def pdf_puid(version: str, sample: bytes) -> str:
    part, conformance = _PDFA_PART.search(sample), _PDFA_CONFORMANCE.search(sample)
    if part and conformance and _PDFA_NAMESPACE in sample:
        flavour = (part.group(1) + conformance.group(1).upper()).decode()
        if flavour in _PDFA_PUIDS:
            return _PDFA_PUIDS[flavour]
    return _PDF_PUIDS.get(version, "")


def jpeg_puid(head: bytes) -> str:
    if head[2:4] == b"\xff\xe0" and head[6:11] == b"JFIF\0":
        return _JFIF_PUIDS.get(head[11:13], "fmt/41")
    if head[2:4] == b"\xff\xe1" and head[6:10] == b"Exif":
        return _EXIF_PUIDS.get(_exif_version(head[12 : 12 + 65536]), "fmt/41")
    return "fmt/41"


def _exif_version(tiff: bytes) -> bytes:
    """Of the TIFF structure inside an Exif segment; empty when it has none."""
    order = "<" if tiff[:2] == b"II" else ">"
    try:
        entries = _directory(tiff, struct.unpack_from(order + "I", tiff, 4)[0], order)
        inner = _directory(tiff, struct.unpack(order + "I", entries[0x8769])[0], order)
    except (struct.error, KeyError):
        return b""
    return inner.get(0x9000, b"")


def _directory(tiff: bytes, at: int, order: str) -> dict[int, bytes]:
    """Tag → its four value bytes."""
    (count,) = struct.unpack_from(order + "H", tiff, at)
    entries = (struct.unpack_from(order + "HHI4s", tiff, at + 2 + 12 * n) for n in range(count))
    return {tag: value for tag, _, _, value in entries}


def png_puid(head: bytes) -> str:
    """1.1 brought iCCP, sPLT and sRGB; 1.2 brought iTXt."""
    names = png_chunks(head)
    if b"iTXt" in names:
        return "fmt/13"
    return "fmt/12" if names & {b"iCCP", b"sPLT", b"sRGB"} else "fmt/11"


def png_chunks(head: bytes) -> set[bytes]:
    names: set[bytes] = set()
    at = 8
    while at + 8 <= len(head):
        length, name = struct.unpack_from(">I4s", head, at)
        names.add(name)
        if name == b"IDAT":
            break
        at += 12 + length
    return names


def wav_puid(head: bytes) -> str:
    at = head.find(b"fmt ")
    if at < 0 or at + 10 > len(head):
        return "fmt/6"
    (encoding,) = struct.unpack_from("<H", head, at + 8)
    return {1: "fmt/141", 0xFFFE: "fmt/142"}.get(encoding, "fmt/6")


def mp4_puid(head: bytes) -> str:
    brand = head[8:12]
    if brand == b"M4A ":
        return "fmt/2094"
    if brand == b"qt  ":
        return "x-fmt/384"
    return "fmt/357" if brand.startswith(b"3gp") else "fmt/199"


def is_mp3(head: bytes) -> bool:
    if head[:3] == b"ID3":
        return True
    return len(head) >= _FRAME_HEADER and is_mp3_frame(head[:_FRAME_HEADER])


def is_mp3_frame(header: bytes) -> bool:
    """Eleven set bits, layer III, and no reserved value in version, bit rate and sampling rate."""
    (bits,) = struct.unpack(">I", header)
    version, layer = bits >> 19 & _TWO_BITS, bits >> 17 & _TWO_BITS
    bit_rate, sampling = bits >> 12 & _FOUR_BITS, bits >> 10 & _TWO_BITS
    is_in_step = bits >> 21 == _SYNC and layer == _LAYER_3
    return is_in_step and version != 1 and bit_rate not in {0, _FOUR_BITS} and sampling != _TWO_BITS


def is_bmp(head: bytes) -> bool:
    if len(head) < _BMP_HEADER:
        return False
    offset, header = struct.unpack_from("<II", head, 10)
    return header in {12, 40, 52, 56, 64, 108, 124} and offset >= 14 + header


def bmp_puid(head: bytes) -> str:
    (header,) = struct.unpack_from("<I", head, 14)
    return {12: "fmt/114", 40: "fmt/116", 108: "fmt/118", 124: "fmt/119"}.get(header, "fmt/116")
