"""The parts of a zipped XML document (OFD, DOCX), unpacked within limits."""

import struct
import zipfile
import zlib
from posixpath import join, normpath
from typing import BinaryIO, cast
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from yidang.intake.reading.limits import MAX_PARTS, MAX_XML_BYTES
from yidang.intake.reading.pages import Reader
from yidang.kernel.errors import Invalid

ENCRYPTED = 0x1
DAMAGE = (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, struct.error)


class Package:
    def __init__(self, reader: Reader) -> None:
        try:
            self._zip = zipfile.ZipFile(cast("BinaryIO", reader))
        except DAMAGE as problem:
            raise Invalid("file_damaged", problem=str(problem)[:120]) from problem
        names = self._zip.namelist()
        if len(names) > MAX_PARTS:
            raise Invalid("too_many_pages", count=len(names), limit=MAX_PARTS)
        self._names = {_plain(name): name for name in names}

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._names

    def close(self) -> None:
        self._zip.close()

    def part(self, name: str) -> bytes:
        """Raises Invalid `file_damaged`, `file_password`."""
        stored = self._names.get(_plain(name))
        if stored is None:
            raise Invalid("file_damaged", problem="missing part")
        info = self._zip.getinfo(stored)
        if info.flag_bits & ENCRYPTED:
            raise Invalid("file_password", problem="encrypted part")
        try:
            with self._zip.open(info) as source:
                content = source.read(MAX_XML_BYTES + 1)
        except DAMAGE as problem:
            raise Invalid("file_damaged", problem=str(problem)[:120]) from problem
        if len(content) > MAX_XML_BYTES:
            raise Invalid("page_too_large", width="?", height="?", limit=MAX_XML_BYTES)
        return content

    def xml(self, name: str) -> Element:
        try:
            return ElementTree.fromstring(self.part(name))
        except (ParseError, DefusedXmlException, ValueError, LookupError) as problem:
            raise Invalid("file_damaged", problem="malformed XML") from problem


def _plain(name: str) -> str:
    return normpath(name.replace("\\", "/")).lstrip("/").lower()


def beside(part: str, reference: str) -> str:
    """A reference inside `part`, from the package's root; one that starts with a slash is absolute."""
    if reference.startswith("/"):
        return reference.lstrip("/")
    folder = part.rpartition("/")[0]
    return normpath(join(folder, reference))


def local(element: Element) -> str:
    """The tag without its namespace: writers disagree on prefixes."""
    return element.tag.rpartition("}")[2]


def children(element: Element, name: str) -> list[Element]:
    return [child for child in element if local(child) == name]


def descendants(element: Element, name: str) -> list[Element]:
    return [child for child in element.iter() if local(child) == name]


def first(element: Element | None, *path: str) -> Element | None:
    for name in path:
        if element is None:
            return None
        element = next(iter(children(element, name)), None)
    return element
