"""What is inside a ZIP, without trusting its names, sizes or links."""

import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from yidang.intake.errors import Refused
from yidang.intake.limits import LIMITS, Limits

PIECE = 1024 * 1024
ENCRYPTED, UTF8_NAME = 0x1, 0x800
UNICODE_PATH_FIELD, UNICODE_PATH_HEAD = 0x7075, 5  # the head: version (1), CRC-32 of the plain name (4)
DROPPINGS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError, IndexError)


@dataclass(frozen=True)
class Member:
    """`problem` is the code of what forbids unpacking it as it is; its bytes may still be readable."""

    path: str
    size: int
    info: zipfile.ZipInfo
    problem: str = ""


@contextmanager
def opened(reader: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """Raises Refused `archive_damaged`."""
    try:
        archive = zipfile.ZipFile(reader)
    except (*_DAMAGE, NotImplementedError) as problem:
        raise Refused("archive_damaged") from problem
    with archive:
        yield archive


def members(archive: zipfile.ZipFile, limits: Limits = LIMITS) -> list[Member]:
    """Every file of the archive, the system's own droppings apart.

    Raises:
        Refused: `archive_too_many`, `archive_bomb` or `archive_encrypted` for the archive as a whole.
    """
    files = [info for info in archive.infolist() if not info.filename.endswith("/")]
    if len(files) > limits.archive_members:
        raise Refused("archive_too_many", count=len(files), limit=limits.archive_members)
    _refuse_bomb(files, limits)
    if files and all(info.flag_bits & ENCRYPTED for info in files):
        raise Refused("archive_encrypted")
    named = ((info, member_path(info)) for info in files)
    return [_member(info, path) for info, path in named if not is_dropping(path)]


def _refuse_bomb(files: list[zipfile.ZipInfo], limits: Limits) -> None:
    total = sum(info.file_size for info in files)
    worst = max((_ratio(info) for info in files if info.file_size > limits.ratio_from), default=0)
    packed = max(sum(info.compress_size for info in files), 1)
    is_dense = total > limits.ratio_from and total / packed > limits.archive_ratio
    if total > limits.archive_bytes or worst > limits.archive_ratio or is_dense:
        raise Refused("archive_bomb", unpacked=total, packed=packed)


def _ratio(info: zipfile.ZipInfo) -> float:
    return info.file_size / max(info.compress_size, 1)


def _member(info: zipfile.ZipInfo, path: str) -> Member:
    problem = ""
    if stat.S_ISLNK(info.external_attr >> 16):
        problem = "entry_is_link"
    elif is_unsafe(path):
        problem = "entry_path_unsafe"
    elif info.flag_bits & ENCRYPTED:
        problem = "entry_encrypted"
    return Member(path=path, size=info.file_size, info=info, problem=problem)


def read(archive: zipfile.ZipFile, member: Member) -> Iterator[bytes]:
    """The member's bytes, never more than it announced.

    Raises:
        Refused: `entry_damaged`, `entry_encrypted` or `entry_method`.
    """
    try:
        with archive.open(member.info) as stream:
            left = member.size
            while left >= 0 and (piece := stream.read(PIECE)):
                left -= len(piece)
                yield piece
    except NotImplementedError as problem:
        raise Refused("entry_method") from problem
    except RuntimeError as problem:
        raise Refused("entry_encrypted") from problem
    except _DAMAGE as problem:
        raise Refused("entry_damaged") from problem


def member_path(info: zipfile.ZipInfo) -> str:
    """The name as its maker meant it: UTF-8 where the entry says so, else whichever of UTF-8 and GB18030 fits."""
    says_utf8 = info.flag_bits & UTF8_NAME
    return tidy(info.filename if says_utf8 else _unicode_path(info.extra) or decode_name(_raw_name(info)))


def _raw_name(info: zipfile.ZipInfo) -> bytes:
    # zipfile has decoded the name from code page 437, which maps every byte to one character and back.
    return info.orig_filename.split("\0")[0].encode("cp437", "replace")


def decode_name(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("cp437")


def _unicode_path(extra: bytes) -> str:
    at = 0
    while at + 4 <= len(extra):
        field, length = struct.unpack_from("<HH", extra, at)
        if field == UNICODE_PATH_FIELD and length > UNICODE_PATH_HEAD:
            return extra[at + 4 + UNICODE_PATH_HEAD : at + 4 + length].decode("utf-8", "replace")
        at += 4 + length
    return ""


def tidy(path: str) -> str:
    """One way to write a path: forward slashes, no `./`, no control characters."""
    clean = "".join(c for c in path.replace("\\", "/") if c.isprintable() or c == "\u200d")
    while clean.startswith("./"):
        clean = clean[2:]
    return clean or "?"


def is_unsafe(path: str) -> bool:
    parts = PurePosixPath(path).parts
    has_drive = len(path) > 1 and path[1] == ":" and path[0].isalpha()
    return path.startswith("/") or has_drive or ".." in parts


def is_dropping(path: str) -> bool:
    parts = PurePosixPath(path).parts
    return "__MACOSX" in parts or bool(parts and (parts[-1] in DROPPINGS or parts[-1].startswith("._")))
