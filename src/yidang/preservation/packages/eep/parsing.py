"""An EEP read piece by piece: encoded files are decoded and digested on the way, never held whole."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import BinaryIO, Protocol
from xml.parsers import expat

from yidang.preservation.packages import hashing
from yidang.preservation.packages.limits import PIECE

NAMESPACE = "http://www.saac.gov.cn/standards/ERM/encapsulation"
SIGNED, DATA = "被签名对象", "编码数据"
_DEEPEST = 64
_LONGEST_TEXT = 16 * 1024 * 1024
_WHITE = b" \t\r\n"


class Malformed(Exception):
    """`code` of a finding."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, detail


class Sink(Protocol):
    """Where the bytes of one encoded file go."""

    def write(self, data: bytes, /) -> object: ...


@dataclass
class Node:
    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node"] = field(default_factory=list)
    text: str = ""
    encoded: "Encoded | None" = None

    def all(self, name: str) -> list["Node"]:
        return [one for one in self.children if one.name == name]

    def get(self, *path: str) -> "Node | None":
        here: Node | None = self
        for name in path:
            here = next((one for one in here.children if one.name == name), None) if here else None
        return here

    def said(self, *path: str) -> str:
        found = self.get(*path)
        return found.text.strip() if found else ""

    def deep(self, name: str) -> list["Node"]:
        found = self.all(name)
        for child in self.children:
            found += child.deep(name)
        return found


@dataclass
class Encoded:
    """A file that stood in the document: its bytes went to `sink`."""

    algorithm: str
    size: int = 0
    is_damaged: bool = False
    digest: str = ""
    sink: Sink | None = None


@dataclass
class Document:
    root: Node
    start: int  # of the signed element, in bytes
    end: int


class SinkMaker(Protocol):
    def __call__(self, document: Node) -> Sink | None: ...


def parse(source: BinaryIO, make_sink: SinkMaker | None = None) -> Document:
    """Raises Malformed: `eep_not_xml`, `eep_doctype`, `eep_root`, `eep_too_large`."""
    builder = _Builder(make_sink)
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.buffer_size = PIECE
    parser.StartElementHandler = builder.start
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.text
    parser.StartDoctypeDeclHandler = _no_doctype
    builder.parser = parser
    try:
        while piece := source.read(PIECE):
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except expat.ExpatError as problem:
        raise Malformed("eep_not_xml", str(problem)) from problem
    if builder.root is None:
        raise Malformed("eep_not_xml")
    return Document(builder.root, builder.signed_start, _end(source, builder.signed_end))


def _no_doctype(*_: object) -> None:
    """A document type could bring entities: none is needed, none is read."""
    raise Malformed("eep_doctype")


def _end(source: BinaryIO, at: int) -> int:
    """The place after the end tag that begins there."""
    if at < 0:
        return -1
    source.seek(at)
    return at + source.read(400).find(b">") + 1


class _Builder:
    def __init__(self, make_sink: SinkMaker | None) -> None:
        self.root: Node | None = None
        self.signed_start = self.signed_end = -1
        self.parser: expat.XMLParserType
        self._make_sink = make_sink
        self._open: list[Node] = []
        self._decoding: _Decoding | None = None
        self._held = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        space, _, name = tag.rpartition("}")
        if self.root is None and (space, name) != (NAMESPACE, "电子文件封装包"):
            raise Malformed("eep_root", f"{{{space}}}{name}")
        if len(self._open) > _DEEPEST:
            raise Malformed("eep_too_large")
        node = Node(name, {key.rpartition("}")[2]: value for key, value in attributes.items()})
        if name == SIGNED and self.signed_start < 0:
            self.signed_start = self.parser.CurrentByteIndex
        if self._open:
            self._open[-1].children.append(node)
        else:
            self.root = node
        self._open.append(node)
        if name == DATA:
            self._begin_data(node)

    def _begin_data(self, node: Node) -> None:
        document = next((one for one in reversed(self._open) if one.name == "文档"), self._open[0])
        check = self._open[-2].get("电子属性", "校验码") if len(self._open) > 1 else None
        algorithm = algorithm_of(check.attributes.get("算法", "") if check else "")
        node.encoded = Encoded(algorithm, sink=self._make_sink(document) if self._make_sink else None)
        self._decoding = _Decoding(node.encoded)

    def end(self, _tag: str) -> None:
        node = self._open.pop()
        if node.name == SIGNED and self.signed_end < 0:
            self.signed_end = self.parser.CurrentByteIndex
        if self._decoding and node.name == DATA:
            self._decoding.finish()
            self._decoding = None

    def text(self, data: str) -> None:
        if self._decoding:
            self._decoding.take(data)
            return
        self._held += len(data)
        if self._held > _LONGEST_TEXT:
            raise Malformed("eep_too_large")
        self._open[-1].text += data


def algorithm_of(said: str) -> str:
    """As hashlib says it; SHA-512 where nothing is said."""
    plain = said.strip().lower().replace("-", "").replace("_", "")
    return plain or "sha512"


class _Decoding:
    def __init__(self, into: Encoded) -> None:
        self._into = into
        self._running = hashing.new(into.algorithm) if hashing.is_known(into.algorithm) else None
        self._held = b""

    def take(self, data: str) -> None:
        try:
            self._held += data.encode("ascii").translate(None, _WHITE)
        except UnicodeEncodeError:
            self._into.is_damaged = True
            return
        whole = len(self._held) // 4 * 4
        self._decode(self._held[:whole])
        self._held = self._held[whole:]

    def _decode(self, piece: bytes) -> None:
        try:
            plain = base64.b64decode(piece, validate=True)
        except binascii.Error:
            self._into.is_damaged = True
            return
        self._into.size += len(plain)
        if self._running:
            self._running.update(plain)
        if self._into.sink is not None:
            self._into.sink.write(plain)

    def finish(self) -> None:
        if self._held:
            self._into.is_damaged = True
        self._into.digest = self._running.hexdigest() if self._running else ""
