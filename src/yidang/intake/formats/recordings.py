"""Length and coding of sound and film, from the headers alone: such files are kept and described, not read."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from yidang.intake.formats.identification import Source
from yidang.intake.formats.registry import Family
from yidang.intake.formats.signatures import is_mp3_frame

MAX_BOXES = 10_000
MPEG1, MPEG2 = 3, 2
CONTAINERS = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl"})
_BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_BITRATES_LOW = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = (44100, 48000, 32000)
_WAV_CODINGS = {1: "PCM", 3: "IEEE float", 6: "A-law", 7: "mu-law", 0x11: "IMA ADPCM", 0x55: "MP3", 0xFFFE: "PCM"}


@dataclass(frozen=True)
class Recording:
    """`seconds` is None when the headers do not tell."""

    seconds: float | None
    codings: tuple[str, ...]


def look(source: Source, family: Family) -> Recording:
    reader = {Family.WAV: _wav, Family.MP3: _mp3, Family.MP4: _mp4}[family]
    try:
        return reader(source)
    except (struct.error, ValueError, ZeroDivisionError, IndexError):
        return Recording(seconds=None, codings=())


def _at(source: Source, place: int, length: int) -> bytes:
    source.reader.seek(place)
    return source.reader.read(length)


def _wav(source: Source) -> Recording:
    place, rate, coding = 12, 0, 0
    for _ in range(MAX_BOXES):
        name, length = struct.unpack("<4sI", _at(source, place, 8))
        if name == b"fmt ":
            coding, _, _, rate = struct.unpack("<HHII", _at(source, place + 8, 12))
        if name == b"data":
            length = min(length, source.size - place - 8)
            return Recording(seconds=round(length / rate, 2), codings=(_WAV_CODINGS.get(coding, hex(coding)),))
        place += 8 + length + length % 2
    return Recording(seconds=None, codings=())


def _mp3(source: Source) -> Recording:
    start = _after_id3(source)
    frame = _at(source, start, 200)
    skipped = next(n for n in range(len(frame) - 4) if is_mp3_frame(frame[n : n + 4]))
    frame = frame[skipped:]
    version = (frame[1] >> 3) & 3
    is_mpeg1 = version == MPEG1
    rate = _RATES[(frame[2] >> 2) & 3] // {MPEG1: 1, MPEG2: 2}.get(version, 4)
    samples = 1152 if is_mpeg1 else 576
    frames = _announced_frames(frame)
    if frames:
        return Recording(seconds=round(frames * samples / rate, 2), codings=("MP3",))
    kilobits = (_BITRATES if is_mpeg1 else _BITRATES_LOW)[frame[2] >> 4]
    return Recording(seconds=round((source.size - start) * 8 / (kilobits * 1000), 2), codings=("MP3",))


def _after_id3(source: Source) -> int:
    head = source.head[:10]
    if head[:3] != b"ID3":
        return 0
    size = 0
    for seven_bits in head[6:10]:
        size = size << 7 | seven_bits & 0x7F
    return 10 + size


def _announced_frames(frame: bytes) -> int:
    for mark in (b"Xing", b"Info"):
        at = frame.find(mark)
        if at > 0 and frame[at + 7] & 1:
            return int(struct.unpack_from(">I", frame, at + 8)[0])
    at = frame.find(b"VBRI")
    return int(struct.unpack_from(">I", frame, at + 14)[0]) if at > 0 else 0


def _mp4(source: Source) -> Recording:
    seconds, codings = None, []
    for name, place, _ in _boxes(source, 0, source.size, [0]):
        if name == b"mvhd":
            seconds = _movie_seconds(_at(source, place, 36))
        elif name == b"stsd":
            codings.append(_at(source, place + 12, 4).decode("latin-1").strip())
    return Recording(seconds=seconds, codings=tuple(codings))


def _movie_seconds(body: bytes) -> float:
    if body[0] == 1:
        scale, length = struct.unpack_from(">IQ", body, 20)
    else:
        scale, length = struct.unpack_from(">II", body, 12)
    return round(float(length / scale), 2)


def _boxes(source: Source, place: int, end: int, seen: list[int]) -> Iterator[tuple[bytes, int, int]]:
    """Name, start and end of every box's body, containers opened. `seen` counts over all levels."""
    while place + 8 <= end and seen[0] < MAX_BOXES:
        seen[0] += 1
        length, name = struct.unpack(">I4s", _at(source, place, 8))
        header = 8
        if length == 1:
            (length,), header = struct.unpack(">Q", _at(source, place + 8, 8)), 16
        length = length or end - place
        if length < header:
            return
        yield name, place + header, place + length
        if name in CONTAINERS:
            yield from _boxes(source, place + header, min(place + length, end), seen)
        place += length
