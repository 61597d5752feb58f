"""A parcel as an EEP."""

import base64
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from yidang.crypto.sm import new_sm3
from yidang.kernel.clock import now
from yidang.preservation.packages.eep.signing import ALGORITHM, RULE, Signer
from yidang.preservation.packages.parcel import ORIGINAL, Element, Happening, Parcel, Piece
from yidang.preservation.packages.sinks import write

NAMESPACE = "http://www.saac.gov.cn/standards/ERM/encapsulation"
DOCUMENT = "eep.xml"
INLINE = 1024 * 1024  # larger files stand beside the document
_LINE = 57 * 1024  # a multiple of three: base64 without padding in between
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ABOUT = "本 EEP 根据中华人民共和国档案行业标准 DA/T 48-2009《基于 XML 的电子文件封装规范》生成"


def write_eep(parcel: Parcel, folder: Path, signer: Signer) -> None:
    outside = {piece.name for piece in parcel.pieces if piece.size > INLINE}
    digests = {
        piece.name: write(folder / piece.name, piece.open).sha512 for piece in parcel.pieces if piece.name in outside
    }
    with (folder / DOCUMENT).open("xb") as sink:
        (folder / DOCUMENT).chmod(0o600)
        document = _Document(sink)
        document.say('<?xml version="1.0" encoding="UTF-8"?>\n')
        document.say(f"<电子文件封装包 xmlns={quoteattr(NAMESPACE)}>\n")
        document.say(_leaf("封装包格式描述", _ABOUT) + _leaf("版本", "2009"))
        document.begin_signed()
        for part in _signed(parcel, digests):
            document.say(part)
        digest = document.end_signed()
        document.say("\n" + _signature(signer, digest) + "</电子文件封装包>\n")


class _Document:
    def __init__(self, sink: BinaryIO) -> None:
        self._sink = sink
        self._state = new_sm3()

    def say(self, text: str) -> None:
        data = text.encode()
        self._state.update(data)
        self._sink.write(data)

    def begin_signed(self) -> None:
        self._state = new_sm3()

    def end_signed(self) -> bytes:
        return self._state.digest()


def _signed(parcel: Parcel, digests: dict[str, str]) -> Iterator[str]:
    yield '<被签名对象 eep版本="2009">\n'
    yield _leaf("封装包类型", "原始型")
    yield _leaf("封装包类型描述", "原始封装，未经修改")
    yield _leaf("封装包创建时间", parcel.created)
    yield _leaf("封装包创建单位", parcel.creator)
    yield "<封装内容>\n<文件实体块>\n<文件实体>\n"
    yield from _described(parcel)
    yield "<文件数据>\n"
    for number, piece in enumerate(parcel.pieces, start=1):
        yield from _document_of(number, piece, digests.get(piece.name))
    yield "</文件数据>\n</文件实体>\n</文件实体块>\n"
    yield from _business(parcel.happenings)
    yield from _agents(parcel.happenings)
    yield "</封装内容>\n</被签名对象>"


def _described(parcel: Parcel) -> Iterator[str]:
    """The elements in the order of DA/T 46; those that stand in a group stand in it here."""
    if not parcel.element("M1"):
        yield _leaf("聚合层次", "件")
    if not parcel.element("M7"):
        yield _leaf("电子文件号", parcel.id)
    if not any(one.group == "内容描述" for one in parcel.elements):
        yield "<内容描述>\n" + _leaf("题名", parcel.title) + "</内容描述>\n"
    for group, elements in groupby(_in_order(parcel.elements), key=lambda one: one.group):
        leaves = "".join(_leaf(one.name, one.value, 编号=one.number) for one in elements)
        yield f"<{group}>\n{leaves}</{group}>\n" if group else leaves


def _in_order(elements: Sequence[Element]) -> Iterable[Element]:
    """A group is told once, where its first element stands; an element that is itself a group joins its parts."""
    heads = {one.group for one in elements if one.group}
    joined = [one if one.name not in heads else Element(one.number, one.name, one.name, one.value) for one in elements]
    place = {one.group: int(one.number[1:]) for one in reversed(joined) if one.group}
    return sorted(joined, key=lambda one: (place.get(one.group, int(one.number[1:])), int(one.number[1:])))


def _document_of(number: int, piece: Piece, outside: str | None) -> Iterator[str]:
    yield "<文档>\n" + _leaf("文档标识符", f"文档{number}") + _leaf("文档序号", str(number))
    yield _leaf("文档主从声明", "主文件" if piece.role == ORIGINAL else "附属文件")
    yield _leaf("题名", piece.title or piece.name)
    yield f'<文档数据 文档数据ID="文档{number}-数据">\n<编码 编码ID="文档{number}-编码">\n<电子属性>\n'
    yield _leaf("格式信息", piece.media_type, PRONOM=piece.puid)
    yield _leaf("计算机文件名", piece.name) + _leaf("计算机文件大小", str(piece.size))
    yield _leaf("校验码", outside or _digest(piece), 算法="SHA-512") + _leaf("文档创建时间", piece.created)
    yield "</电子属性>\n"
    if outside:
        yield _leaf("编码描述", "编码数据以独立文件存放于封装包同一文件夹") + "<反编码关键字/>\n"
        yield f"<编码数据 引用={quoteattr(piece.name)}/>\n"
    else:
        yield _leaf("编码描述", "Base64（RFC 4648）") + _leaf("反编码关键字", "base64") + "<编码数据>"
        yield from _base64(piece)
        yield "</编码数据>\n"
    yield "</编码>\n</文档数据>\n</文档>\n"


def _digest(piece: Piece) -> str:
    import hashlib

    with piece.open() as source:
        state = hashlib.sha512()
        while data := source.read(_LINE):
            state.update(data)
    return state.hexdigest()


def _base64(piece: Piece) -> Iterator[str]:
    with piece.open() as source:
        held = b""
        while data := source.read(_LINE):
            held += data
            whole = len(held) // 3 * 3
            yield base64.b64encode(held[:whole]).decode()
            held = held[whole:]
        yield base64.b64encode(held).decode()


def _business(happenings: Sequence[Happening]) -> Iterator[str]:
    if not happenings:
        return
    yield "<业务实体块>\n"
    for number, one in enumerate(happenings, start=1):
        yield "<业务实体>\n" + _leaf("业务标识符", f"业务{number}") + _leaf("机构人员标识符", one.agent)
        yield _leaf("文件标识符", one.object) + _leaf("业务状态", "历史行为") + _leaf("业务行为", one.type)
        yield _leaf("行为时间", one.at) + _leaf("行为依据", "") + _leaf("行为描述", one.detail, 结果=one.outcome)
        yield "</业务实体>\n"
    yield "</业务实体块>\n"


def _agents(happenings: Sequence[Happening]) -> Iterator[str]:
    agents = sorted({one.agent for one in happenings if one.agent})
    if not agents:
        return
    yield "<机构人员实体块>\n"
    for agent in agents:
        kind = "系统" if agent.startswith("system:") else "人员"
        yield "<机构人员实体>\n" + _leaf("机构人员标识符", agent) + _leaf("机构人员类型", kind) + "</机构人员实体>\n"
    yield "</机构人员实体块>\n"


def _signature(signer: Signer, digest: bytes) -> str:
    return (
        "<电子签名块>\n<电子签名>\n"
        + _leaf("签名标识符", "修改0-签名1")
        + _leaf("签名规则", RULE)
        + _leaf("签名时间", now().isoformat())
        + _leaf("签名人", signer.name)
        + _leaf("签名结果", base64.b64encode(signer.sign(digest)).decode())
        + "<证书块>\n"
        + _leaf("证书", base64.b64encode(signer.public).decode(), 类型="SM2 公钥（未压缩点）")
        + "<证书引用/>\n</证书块>\n"
        + _leaf("签名算法标识", ALGORITHM)
        + "</电子签名>\n</电子签名块>\n"
    )


def _leaf(name: str, value: str, **attributes: str) -> str:
    said = "".join(f" {key}={quoteattr(_clean(one))}" for key, one in attributes.items() if one)
    return f"<{name}{said}>{escape(_clean(value))}</{name}>\n"


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("�", text)
