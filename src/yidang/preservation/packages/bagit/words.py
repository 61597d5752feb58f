"""What stands in the tag files of a bag: declaration, manifests, bag-info, fetch."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

DECLARATION = "bagit.txt"
INFO = ("bag-info.txt", "package-info.txt")  # the second until version 0.95
FETCH = "fetch.txt"
PAYLOAD = "data/"
VERSIONS = {(0, 93), (0, 94), (0, 95), (0, 96), (0, 97), (1, 0)}
STRICT = (1, 0)
_DECLARED = re.compile(r"BagIt-Version: (\d+)\.(\d+)(?:\r\n|\n|\r)Tag-File-Character-Encoding: (\S+)(?:\r\n|\n|\r)?")
_MANIFEST = re.compile(r"(tag)?manifest-([A-Za-z0-9-]+)\.txt")
_LINE = re.compile(r"([0-9A-Fa-f]+)[ \t]+(\*?)(\S.*)", re.DOTALL)
_FETCH = re.compile(r"(\S+)[ \t]+(\d+|-)[ \t]+(\S.*)", re.DOTALL)
_ENCODED = re.compile(r"%(0[AaDd]|25)")
_LABEL = re.compile(r"([^\s:][^:]*?)(\s*):(?:[ \t]+(.*)|)", re.DOTALL)


@dataclass(frozen=True)
class Declared:
    version: tuple[int, int]
    encoding: str


def declared(text: str) -> Declared | None:
    """None for anything but the two lines, as they are written in the standard."""
    found = _DECLARED.fullmatch(text)
    return Declared((int(found[1]), int(found[2])), found[3]) if found else None


def manifest_name(name: str) -> tuple[bool, str] | None:
    """Whether of tags, and the algorithm as hashlib says it."""
    found = _MANIFEST.fullmatch(name)
    if found is None:
        return None
    algorithm = found[2].lower()
    return bool(found[1]), re.sub(r"^sha-(\d)", r"sha\1", algorithm)


def lines(text: str) -> list[str]:
    """LF, CR and CRLF end a line, nothing else does: a name may hold any other separator of Unicode."""
    split = re.split(r"\r\n|\n|\r", text)
    return split[:-1] if split and not split[-1] else split


@dataclass(frozen=True)
class Entry:
    """One line of a manifest; `written` is the path as it stands there."""

    digest: str
    written: str
    has_star: bool


def entry(line: str) -> Entry | None:
    found = _LINE.fullmatch(line)
    return Entry(found[1].lower(), found[3], bool(found[2])) if found else None


def fetch_line(line: str) -> tuple[str, str, str] | None:
    """URL, length or `-`, path."""
    found = _FETCH.fullmatch(line)
    return (found[1], found[2], found[3]) if found else None


def decoded(path: str) -> str:
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), path)


def encoded(path: str) -> str:
    return path.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def info(text: str) -> Iterator[tuple[str, str] | None]:
    """Label and value of every entry, continued lines joined; None for a line that is neither."""
    label, value = "", ""
    for line in lines(text):
        if line[:1] in {" ", "\t"} and label:
            value += " " + line.strip()
            continue
        if label:
            yield label, value
        label = ""
        if not line.strip():
            continue
        found = _LABEL.fullmatch(line)
        if found is None:
            yield None
        else:
            label, value = found[1], (found[3] or "").strip()
    if label:
        yield label, value
