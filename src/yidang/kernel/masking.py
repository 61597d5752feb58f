"""What is shown of a person to someone who need not know them."""

import re
import unicodedata
from collections.abc import Iterator

from yidang.kernel.folding import fold

_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
PHONE_IN_TEXT = re.compile(r"(?<![\d.])(?:(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}|0\d{2,3}-\d{7,8})(?!\d)")
_ID_SHOWN = 4
_DOTS = str.maketrans(dict.fromkeys("•‧∙⋅・･●.", "·"))


def mask_name(name: str) -> str:
    """`张三丰` → `张**`; always two stars, so that the length of the name does not show."""
    bare = name.strip()
    return bare[:1] + "**" if bare else ""


def mask_id_number(number: str) -> str:
    """`11010519491231002X` → `1101**********002X`."""
    bare = "".join(number.split())
    hidden = len(bare) - 2 * _ID_SHOWN
    if hidden <= 0:
        return "*" * len(bare)
    return bare[:_ID_SHOWN] + "*" * hidden + bare[-_ID_SHOWN:]


def mask_phone(phone: str) -> str:
    """`13812345678` → `138****5678`; a landline keeps its last two digits."""
    bare = normalise_phone(phone)
    if _MOBILE.fullmatch(bare):
        return bare[:3] + "****" + bare[-4:]
    return "*" * max(len(bare) - 2, 0) + bare[-2:] if len(bare) > _ID_SHOWN else "*" * len(bare)


def normalise_phone(phone: str) -> str:
    """Digits only, the country code 86 taken off."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    return re.sub(r"^(?:00)?86(?=1[3-9]\d{9}$)", "", digits)


def normalise_name(name: str) -> str:
    """One spelling of a name for comparing: no blanks, one middle dot, Latin letters in capitals."""
    return fold(fold(name.translate(_DOTS)).translate(_DOTS))


def mask_words(words: str) -> str:  # noqa: ARG001 - neither the first character nor the length may tell an illness
    """A diagnosis or its code: nothing of it shows."""
    return "***"


_ALONE = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_LAST_FOUR = (
    re.compile(rf"{_ALONE[0]}\d{{6}}[ -]?\d{{4}}[ -]?\d{{4}}[ -]?\d{{3}}[\dXxＸｘ]{_ALONE[1]}"),
    re.compile(rf"{_ALONE[0]}\d{{8}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{{3}}{_ALONE[1]}"),
    PHONE_IN_TEXT,
    re.compile(rf"{_ALONE[0]}\d{{4}}(?: ?\d{{4}}){{3}}(?: ?\d{{1,3}})?{_ALONE[1]}"),  # a bank card
    re.compile(r"(?:账\s*号|帐\s*号|卡\s*号|银行账户)\s*[:：]\s*(?P<value>\d[\d -]{6,28}\d)"),
)
_FIRST_ONE = (
    re.compile(
        r"(?:姓\s*名|患\s*者|病\s*人|参保人员?|户\s*主|联系人|法定代表人|申请人)\s*[:：]\s*(?P<value>[\u3400-\u9fff·]{2,4})"
    ),
    re.compile(r"(?:地\s*址|住\s*址|住\s*所|户籍地)\s*[:：]\s*(?P<value>[^\s，。；;、]{2,60})"),
)
_NOTHING_OF = (re.compile(r"(?:诊\s*断|病\s*名|疾病名称)\s*[:：]\s*(?P<value>[^\n，。；;]{1,40})"),)
_KINDS = ((_LAST_FOUR, 0, 4), (_FIRST_ONE, 1, 0), (_NOTHING_OF, 0, 0))
Covered = tuple[int, int]


def private_places(text: str) -> Iterator[Covered]:
    """Where a text must be covered: numbers of persons, phones and banks, and what stands behind a telling label."""
    for patterns, first, last in _KINDS:
        for pattern in patterns:
            for match in pattern.finditer(text):
                start, end = match.span("value") if "value" in pattern.groupindex else match.span()
                yield start + first, max(start + first, end - last)


def cover(text: str, places: Iterator[Covered]) -> str:
    """Stars over letters and digits; no place moves, so that matches and boxes still fit."""
    characters = list(text)
    for start, end in places:
        for place in range(start, end):
            if characters[place].isalnum():
                characters[place] = "*"
    return "".join(characters)
