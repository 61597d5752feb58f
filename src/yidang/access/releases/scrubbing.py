"""Free text without names, ID numbers, phones, cards, addresses. Pure.

Names are those the record itself is described by, and whatever stands after a label that announces a name. A name that
neither knows stays: the risk report counts what was found, and a person reads a sample before anything leaves.
"""

import re
from collections import Counter
from collections.abc import Iterable

_SIGNS = r"[ \t　:：]*"
_NAME = r"[一-鿿][一-鿿·•. ]{0,8}?[一-鿿]"
_END = r"(?=$|[\s,，。;；、:：()（）0-9A-Za-z]|性别|年龄|男|女|身份|电话|联系|科|医师|医生)"
_LABELS = (
    "姓名|患者|参保人|申请人|经办人|经手人|联系人|法定代表人|负责人|主治医师|经治医师|医师签名|家属|监护人|代办人|户主|"
    "签名|签字"
)
_PLACE = r"[一-鿿]{2,12}(?:省|自治区|市|州|区|县|旗)[一-鿿0-9A-Za-z\-号栋幢单元室路街道巷弄村组镇乡社区]{2,40}"

PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("id_number", re.compile(r"(?<![0-9A-Za-z])\d{6}[ -]?\d{4}[ -]?\d{4}[ -]?\d{3}[\dXxＸｘ](?![0-9A-Za-z])")),
    ("id_number", re.compile(r"(?<!\d)\d{8}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)")),
    ("phone", re.compile(r"(?<!\d)[(（]?0\d{2,3}[)）]?[- ]?\d{7,8}(?!\d)")),
    ("bank_number", re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){3}(?:[ -]?\d{1,3})?(?!\d)")),
    ("email", re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")),
    ("address", re.compile(rf"(?:住址|地址|户籍地|居住地|家庭住址){_SIGNS}[^\s,，。;；]+")),
    ("address", re.compile(_PLACE)),
    ("name", re.compile(rf"(?P<kept>(?:{_LABELS}){{1,2}}(?:{_SIGNS}[:：]{_SIGNS}|[ \t　]+)){_NAME}{_END}")),
)
_SHOWN = {
    "name": "〔姓名〕",
    "id_number": "〔证件号〕",
    "phone": "〔电话〕",
    "bank_number": "〔账号〕",
    "email": "〔邮箱〕",
    "address": "〔地址〕",
}


def scrubbed(text: str, names: Iterable[str] = ()) -> tuple[str, Counter[str]]:
    """The text with a bracketed word in the place of each, and how many of each kind there were."""
    counts: Counter[str] = Counter()
    for name in sorted({name.strip() for name in names}, key=len, reverse=True):
        if len(name) > 1:
            text, times = _spelling(name).subn(_SHOWN["name"], text)
            counts["name"] += times
    for kind, pattern in PATTERNS:
        text, times = pattern.subn(lambda match, kind=kind: _kept(match) + _SHOWN[kind], text)  # type: ignore[misc]
        counts[kind] += times
    return text, +counts


def _kept(match: re.Match[str]) -> str:
    """A label stays: it tells what stood there, not who."""
    return match.groupdict().get("kept") or ""


def _spelling(name: str) -> re.Pattern[str]:
    """With any blanks between its characters, as forms print names."""
    return re.compile(r"\s*".join(re.escape(character) for character in name if not character.isspace()))
