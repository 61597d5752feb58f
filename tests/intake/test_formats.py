"""Formats are told by their bytes, in agreement with Siegfried where PRONOM knows them."""

import io
import struct
import wave
import zipfile
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from yidang.intake.errors import Refused
from yidang.intake.formats import Family, Source, identify, suffix_fits
from yidang.intake.formats.integrity import check_whole
from yidang.intake.formats.recordings import look

from .conftest import pdf, picture

pygfried = pytest.importorskip("pygfried")


def saved(kind: str, **options: object) -> bytes:
    sink = io.BytesIO()
    Image.new("RGB", (60, 80), "white").save(sink, kind, **options)
    return sink.getvalue()


def sound(seconds: int = 3) -> bytes:
    sink = io.BytesIO()
    with wave.open(sink, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(8000)
        out.writeframes(bytes(16000 * seconds))
    return sink.getvalue()


MP3 = (b"\xff\xfb\x90\x64" + bytes(413)) * 50


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


def film(seconds: int = 90) -> bytes:
    header = bytes(12) + struct.pack(">II", 1000, seconds * 1000) + bytes(80)
    coding = bytes(8) + struct.pack(">I", 16) + b"avc1" + bytes(8)
    track = box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", box(b"stsd", coding)))))
    return box(b"ftyp", b"isom\0\0\2\0isommp42") + box(b"moov", box(b"mvhd", header) + track)


def docx() -> bytes:
    sink = io.BytesIO()
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(sink, "w") as package:
        package.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>',
        )
        package.writestr("word/document.xml", "<w/>")
    return sink.getvalue()


def versions() -> dict[str, bytes]:
    return {f"v{v}.pdf": pdf().replace(b"%PDF-1.3", f"%PDF-{v}".encode()) for v in ("1.0", "1.4", "1.7", "2.0")}


def archival(part: int, level: str) -> bytes:
    space = 'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
    said = f"<pdfaid:part>{part}</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>"
    about = f"endobj\n%{space} {said}\n"
    return pdf().replace(b"endobj", about.encode(), 1)


SAMPLES = {
    **versions(),
    **{f"a{part}{level}.pdf": archival(part, level) for part, level in ((1, "A"), (1, "B"), (2, "U"), (3, "B"))},
    "a.jpg": saved("JPEG"),
    "a.png": saved("PNG"),
    "profile.png": saved("PNG", icc_profile=b"x" * 200),
    "a.tif": saved("TIFF"),
    "big.tif": saved("TIFF", big_tiff=True),
    "a.jp2": saved("JPEG2000"),
    "a.j2k": saved("JPEG2000", no_jp2=True),
    "a.gif": saved("GIF"),
    "a.bmp": saved("BMP"),
    "a.webp": saved("WEBP"),
    "a.wav": sound(),
    "a.mp3": MP3,
    "id3.mp3": b"ID3\x03\0\0\0\0\0\0" + MP3,
    "a.mp4": film(),
    "a.docx": docx(),
    "a.zip": b"PK\x05\x06" + bytes(18),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_we_agree_with_siegfried(tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_bytes(SAMPLES[name])
    theirs = pygfried.identify(str(path))

    assert identify(Source.of_bytes(SAMPLES[name])).puid == theirs


def test_an_ofd_is_told_from_a_zip():
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as package:
        package.writestr("OFD.xml", "<ofd:OFD/>")

    assert identify(Source.of_bytes(sink.getvalue())).family == Family.OFD


def test_a_suffix_is_wrong_only_when_it_names_another_format():
    assert suffix_fits("扫描件.JPG", Family.JPEG)
    assert suffix_fits("扫描件", Family.JPEG)
    assert suffix_fits("scan.001", Family.TIFF)
    assert not suffix_fits("scan.pdf", Family.JPEG)


def test_recordings_say_how_long_they_are():
    assert look(Source.of_bytes(sound(3)), Family.WAV).seconds == 3.0
    assert look(Source.of_bytes(film(90)), Family.MP4).seconds == 90.0
    assert look(Source.of_bytes(film(90)), Family.MP4).codings == ("avc1",)
    assert look(Source.of_bytes(MP3), Family.MP3).seconds == pytest.approx(50 * 417 * 8 / 128_000, abs=0.01)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF"])
def test_a_cut_picture_is_not_whole(kind: str):
    data = picture(90, kind)
    family = Family(kind)
    check_whole(Source.of_bytes(data), family)
    with pytest.raises(Refused):
        check_whole(Source.of_bytes(data[: len(data) // 2]), family)


@given(st.integers(min_value=1, max_value=400))
def test_a_pdf_cut_anywhere_in_its_tail_is_not_whole(cut: int):
    data = pdf().rstrip()
    with pytest.raises(Refused):
        check_whole(Source.of_bytes(data[:-cut]), Family.PDF)


@given(st.binary(max_size=400), st.sampled_from([SAMPLES[name][:200] for name in SAMPLES]))
def test_no_bytes_trouble_identification(noise: bytes, start: bytes):
    for data in (noise, start + noise, start[:40] + noise):
        source = Source.of_bytes(data)
        found = identify(source)
        if found.is_recording:
            look(source, found.family)
        with suppress(Refused):
            check_whole(source, found.family)
