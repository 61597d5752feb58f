"""From bytes to a Format: first the few formats we keep, each by its own signature, then what we must refuse."""

import codecs
import io
import zipfile
from dataclasses import dataclass
from typing import BinaryIO

from yidang.intake.formats import signatures
from yidang.intake.formats.registry import Family, Format, made

HEAD = 64 * 1024
TAIL = 64 * 1024
TEXT_SAMPLE = 4096
XMP_SEARCH = 1024 * 1024
MAX_PARTS_LOOKED_AT = 20_000


@dataclass(frozen=True)
class Source:
    """A seekable reader of a file's bytes with the facts every look at it needs."""

    reader: BinaryIO
    size: int
    head: bytes
    whole: bytes | None = None  # where the file is small enough to be held

    @classmethod
    def of_bytes(cls, data: bytes) -> "Source":
        return cls(reader=io.BytesIO(data), size=len(data), head=data[:HEAD], whole=data)

    @classmethod
    def of_reader(cls, reader: BinaryIO, size: int) -> "Source":
        reader.seek(0)
        return cls(reader=reader, size=size, head=reader.read(HEAD))

    def tail(self, length: int = TAIL) -> bytes:
        if self.whole is not None:
            return self.whole[-length:]
        self.reader.seek(max(self.size - length, 0))
        return self.reader.read(length)


def identify(source: Source) -> Format:
    """The format of a file by its bytes; the family is UNKNOWN when no signature fits."""
    for recognise in (_package, _jpeg, _png, _tiff, _pdf, _jpeg2000, _recording, _other_image, _office, _text):
        found = recognise(source)
        if found is not None:
            return found
    return made(Family.UNKNOWN, "")


def _pdf(source: Source) -> Format | None:
    version = signatures.pdf_version(source.head)
    if version is None:
        return None
    sample = source.whole or (source.head + source.tail(XMP_SEARCH))
    return made(Family.PDF, signatures.pdf_puid(version, sample))


def _jpeg(source: Source) -> Format | None:
    return made(Family.JPEG, signatures.jpeg_puid(source.head)) if source.head[:3] == b"\xff\xd8\xff" else None


def _png(source: Source) -> Format | None:
    is_png = source.head.startswith(b"\x89PNG\r\n\x1a\n")
    return made(Family.PNG, signatures.png_puid(source.head)) if is_png else None


def _tiff(source: Source) -> Format | None:
    if source.head[:4] in {b"II*\0", b"MM\0*"}:
        return made(Family.TIFF, "fmt/353")
    if source.head[:4] in {b"II+\0", b"MM\0+"}:
        return made(Family.TIFF, "fmt/898")
    return None


def _package(source: Source) -> Format | None:
    if source.head[:4] not in {b"PK\x03\x04", b"PK\x05\x06"}:
        return None
    try:
        with zipfile.ZipFile(source.reader) as package:
            names = {info.filename for info in package.infolist()[:MAX_PARTS_LOOKED_AT]}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return made(Family.ZIP, "x-fmt/263")
    if "OFD.xml" in names:
        return made(Family.OFD, "")
    if "[Content_Types].xml" in names and "word/document.xml" in names:
        return made(Family.DOCX, "fmt/412")
    if "[Content_Types].xml" in names and "xl/workbook.xml" in names:
        return made(Family.XLSX, "fmt/214")
    return made(Family.ZIP, "x-fmt/263")


def _jpeg2000(source: Source) -> Format | None:
    if source.head[:12] == b"\x00\x00\x00\x0cjP  \r\n\x87\n":
        is_extended = source.head[16:24] == b"ftypjpx "
        return made(Family.JPEG2000, "fmt/151" if is_extended else "x-fmt/392")
    if source.head[:4] == b"\xff\x4f\xff\x51":
        return made(Family.JPEG2000, "fmt/1794")
    return None


def _recording(source: Source) -> Format | None:
    head = source.head
    if head[:4] in {b"RIFF", b"RF64"} and head[8:12] == b"WAVE":
        return made(Family.WAV, signatures.wav_puid(head))
    if head[4:8] == b"ftyp" and head[8:12] not in signatures.STILL_PICTURE_BRANDS:
        return made(Family.MP4, signatures.mp4_puid(head))
    if signatures.is_mp3(head):
        return made(Family.MP3, "fmt/134")
    return None


def _other_image(source: Source) -> Format | None:
    head = source.head
    if head[:6] in {b"GIF87a", b"GIF89a"}:
        return made(Family.GIF, "fmt/3" if head[:6] == b"GIF87a" else "fmt/4")
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return made(Family.WEBP, {b"VP8 ": "fmt/566", b"VP8L": "fmt/567", b"VP8X": "fmt/568"}.get(head[12:16], ""))
    if head[:2] == b"BM" and signatures.is_bmp(head):
        return made(Family.BMP, signatures.bmp_puid(head))
    return None


def _office(source: Source) -> Format | None:
    is_ole = source.head[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    return made(Family.OLE, "fmt/111") if is_ole else None


def _text(source: Source) -> Format | None:
    sample = source.head[:TEXT_SAMPLE]
    return made(Family.TEXT, "x-fmt/111") if sample and b"\0" not in sample and _is_text(sample) else None


def _is_text(sample: bytes) -> bool:
    for encoding in ("utf-8", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            text = decoder.decode(sample, final=len(sample) < TEXT_SAMPLE)  # the sample may end inside a character
        except UnicodeDecodeError:
            continue
        return sum(not (c.isprintable() or c.isspace()) for c in text) * 50 < len(text)
    return False
