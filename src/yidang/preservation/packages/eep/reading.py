"""An EEP as a parcel; files that stood in the document are laid into a scratch folder."""

from functools import partial
from pathlib import Path
from typing import BinaryIO

from yidang.preservation.packages.eep.parsing import Node, Sink, parse
from yidang.preservation.packages.foreign import original_of, own_piece
from yidang.preservation.packages.names import is_unsafe, plain
from yidang.preservation.packages.parcel import Element, Happening, Parcel, Piece
from yidang.preservation.packages.trees import Tree


class _Scratch:
    """One file a document, by its number."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: list[tuple[Node, Path, BinaryIO]] = []

    def sink(self, document: Node) -> Sink:
        path = self._folder / str(len(self._files))
        opened = path.open("xb")
        self._files.append((document, path, opened))
        return opened

    def close(self) -> None:
        for _, _, opened in self._files:
            opened.close()

    def of(self, document: Node) -> Path | None:
        return next((path for known, path, _ in self._files if known is document), None)


def read_eep(tree: Tree, name: str, scratch: Path) -> Parcel:
    """Raises Malformed as `parse`."""
    files = _Scratch(scratch)
    try:
        with tree.open(name) as source:
            root = parse(source, files.sink).root
    finally:
        files.close()
    documents = root.deep("文档")
    names = {id(one): _file_name(one) for one in documents}
    is_ours = "description.json" in names.values()
    pieces = [
        _piece(tree, one, number, names[id(one)], files, is_ours=is_ours) for number, one in enumerate(documents, 1)
    ]
    record = next(iter(root.deep("文件实体")), Node(""))
    return Parcel(
        id=record.said("电子文件号"),
        code=next((one.text.strip() for one in record.deep("档号") if one.text.strip()), ""),
        title=record.said("内容描述", "题名"),
        creator=root.said("被签名对象", "封装包创建单位"),
        created=root.said("被签名对象", "封装包创建时间"),
        pieces=[piece for piece in pieces if piece],
        elements=_elements(record),
        happenings=[_happening(one) for one in root.deep("业务实体")],
    )


def _file_name(document: Node) -> str:
    return next((one.text.strip() for one in document.deep("计算机文件名")), "")


def _piece(tree: Tree, document: Node, number: int, name: str, files: _Scratch, *, is_ours: bool) -> Piece | None:
    data = next(iter(document.deep("编码数据")), None)
    if data is None:
        return None
    where = data.attributes.get("引用", "")
    inside = files.of(document)
    if where and not is_unsafe(where) and plain(where) in tree.sizes:
        size, reach = tree.sizes[plain(where)], partial(tree.open, plain(where))
    elif not where and inside is not None:
        size, reach = inside.stat().st_size, partial(inside.open, "rb")
    else:
        return None
    form = next(iter(document.deep("格式信息")), Node(""))
    if is_ours:
        puid = form.attributes.get("PRONOM", "")
        return own_piece(name, size, reach, title=document.said("题名"), media=form.text.strip(), puid=puid)
    return original_of(name or document.said("题名"), number, size, reach)


def _elements(record: Node) -> list[Element]:
    return [
        Element(one.attributes["编号"], one.name, "", one.text.strip())
        for one in _walk(record)
        if "编号" in one.attributes
    ]


def _walk(node: Node) -> list[Node]:
    return [node, *(below for child in node.children if child.name != "文件数据" for below in _walk(child))]


def _happening(found: Node) -> Happening:
    described = found.get("行为描述") or Node("")
    return Happening(
        type=found.said("业务行为"),
        at=found.said("行为时间"),
        agent=found.said("机构人员标识符"),
        object=found.said("文件标识符"),
        detail=described.text.strip(),
        outcome=described.attributes.get("结果", "success"),
    )
