"""The search box's little language, cut into pieces: `-"exact phrase" 姓名:王小明 高血压 2024年`."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

KEYS = {
    "name": "name", "person": "name", "姓名": "name", "人名": "name",
    "code": "code", "档号": "code",
    "id": "id_number", "身份证": "id_number", "身份证号": "id_number",
    "phone": "phone", "电话": "phone", "手机": "phone",
    "number": "document_number", "文号": "document_number",
    "date": "date", "日期": "date",
    "year": "year", "年度": "year",
    "series": "series", "类目": "series",
    "process": "process", "环节": "process",
    "type": "type", "类型": "type",
    "department": "department", "股室": "department",
    "term": "term", "期限": "term",
    "institution": "institution", "机构": "institution",
    "seal": "seal", "印章": "seal",
    "state": "state", "状态": "state",
}  # fmt: skip

_PIECE = re.compile(
    r"(?P<sign>[-－﹣−–](?=[^\s\-]))?"
    r"(?:(?P<key>[^\W\d_]{1,12})[:：]\s?(?=\S))?"
    r"(?:[\"“”＂](?P<a>[^\"“”＂]*)(?:[\"“”＂]|$)|「(?P<b>[^」]*)(?:」|$)|『(?P<c>[^』]*)(?:』|$)|(?P<bare>[^\s\"“”＂「『]+))"
)


@dataclass(frozen=True, slots=True)
class Piece:
    """`key` blank: words of the text."""

    key: str
    text: str
    is_excluded: bool
    is_quoted: bool


def pieces(text: str) -> Iterator[Piece]:
    for match in _PIECE.finditer(unicodedata.normalize("NFC", text)):
        typed = match["key"] or ""
        key = KEYS.get(unicodedata.normalize("NFKC", typed).casefold(), "")
        bare = match["bare"]
        said = bare if bare is not None else match["a"] or match["b"] or match["c"] or ""
        if typed and not key:
            said = f"{typed}:{said}"
        if said.strip():
            yield Piece(key, said.strip(), match["sign"] is not None, bare is None)
