"""Values as forms write them → values as we keep them, each with how sure its own form makes us. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from yidang.intake.reading.reference import codes_by_name, institution_names, names_by_code
from yidang.kernel import credit_code, resident_id
from yidang.kernel.errors import Invalid
from yidang.kernel.money import parse_yuan

PROVEN = 0.99  # a checksum or a table vouches for it, whatever single characters looked like


@dataclass(frozen=True)
class Parsed:
    """`sureness` multiplies the recognition's own; `is_proven` replaces it."""

    value: str | int
    sureness: float = 1.0
    is_proven: bool = False


Parser = Callable[[str], Parsed | None]

_HAN = r"\u4e00-\u9fff\u3400-\u4dbf"
_NAME = re.compile(rf"[{_HAN}]{{2,4}}(?:[·•・][{_HAN}]{{1,8}})*")
# What forms crowd onto the line of a name: 王小明 性别男 年龄45, 王小明男45岁.
_BESIDE_NAME = re.compile(
    r"(?<=.{2})(?:(?:性别|年龄|民族|出生|身份证|职业|籍贯)|[男女]性?[,、;/]?\d{1,3}(?:岁|周岁)).*$"
)
_ID = re.compile(r"[0-9OoIlBSZ]{17}[0-9XxOoIlBSZ×]|[0-9]{15}")
_LOOKALIKES = str.maketrans({"O": "0", "o": "0", "I": "1", "l": "1", "B": "8", "S": "5", "Z": "2", "×": "X", "x": "X"})
_PHONE = re.compile(r"(?<!\d)(1[3-9]\d{9})(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)(0\d{2,3}-?\d{7,8})(?!\d)")
_CREDIT = re.compile(r"[0-9A-Za-z]{18}")
_CREDIT_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "S": "5", "Z": "2", "V": "U"})
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[年\-./]\s*(\d{1,2})\s*[月\-./]\s*(\d{1,2})(?!\d)\s*日?")
_COMPACT_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_HAN_DATE = re.compile(
    r"([一二三四五六七八九〇零○]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_AMOUNT = re.compile(r"[¥￥]?(-?\d[\d,.]*\d|\d)(?:元|圆)?整?")
_ICD = re.compile(r"(?<![A-Z0-9])([A-Z0-9|]\d{2}(?:\.\d{1,3})?(?:[xX]\d{1,3})?)(?![A-Z0-9])")
_NUMBER = re.compile(r"[A-Za-z]{0,6}[-]?\d[\dA-Za-z\-]{4,30}")
_OFFICIAL = re.compile(rf"[{_HAN}]{{2,10}}[〔\[(（【]((?:19|20)\d{{2}})[〕\])）】]第?(\d{{1,5}})号")
_HAN_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


def parse_name(text: str) -> Parsed | None:
    plain = _BESIDE_NAME.sub("", text).strip(":;,.。、()")
    if _NAME.fullmatch(plain):
        return Parsed(plain)
    head = re.match(rf"[{_HAN}]{{2,4}}(?=[^{_HAN}])", plain)
    return Parsed(head.group(), 0.8) if head else None


def parse_id(text: str) -> Parsed | None:
    found = _ID.search(text)
    if not found:
        return None
    raw = found.group()
    number = raw.translate(_LOOKALIKES)
    if resident_id.is_valid(number):
        is_proven = len(number) == 18  # noqa: PLR2004 - fifteen digits carry no check
        return Parsed(number, 1.0, is_proven=is_proven)
    return Parsed(number, 0.4)


def parse_phone(text: str) -> Parsed | None:
    plain = text.replace(" ", "")
    found = _PHONE.search(plain) or _LANDLINE.search(plain)
    return Parsed(found.group(1)) if found else None


def parse_credit_code(text: str) -> Parsed | None:
    found = _CREDIT.search(text)
    if not found:
        return None
    code = found.group().upper().translate(_CREDIT_LOOKALIKES)
    return Parsed(code, 1.0, is_proven=True) if credit_code.is_valid(code) else Parsed(code, 0.4)


def parse_date(text: str) -> Parsed | None:
    found = _DATE.search(text)
    if found:
        return _day(*map(int, found.groups()))
    spelled = _HAN_DATE.search(text)
    if spelled:
        return _day(_spelled_year(spelled.group(1)), _spelled(spelled.group(2)), _spelled(spelled.group(3)))
    compact = _COMPACT_DATE.search(text)
    return _day(*map(int, compact.groups())) if compact and len(text) <= 10 else None  # noqa: PLR2004


def _day(year: int, month: int, day: int) -> Parsed | None:
    try:
        return Parsed(date(year, month, day).isoformat())
    except ValueError:
        return None


def _spelled_year(text: str) -> int:
    return int("".join(str(_HAN_DIGITS[c]) for c in text))


def _spelled(text: str) -> int:
    tens, _, ones = text.partition("十")
    if "十" not in text:
        return _HAN_DIGITS.get(text, 0)
    return (_HAN_DIGITS.get(tens, 1) if tens else 1) * 10 + (_HAN_DIGITS.get(ones, 0) if ones else 0)


def parse_amount(text: str) -> Parsed | None:
    found = _AMOUNT.fullmatch(text.strip(":;。、") or " ")
    if not found:
        found = _AMOUNT.match(text)
        if not found or "." not in found.group(1):
            return None
    digits = found.group(1)
    whole, dot, cents = digits.rpartition(".")
    is_plain = bool(dot) and len(cents) == 2 and "." not in whole  # noqa: PLR2004
    plain = (whole if dot else digits).replace(".", "").replace(",", "") + (dot + cents if dot else "")
    try:
        return Parsed(parse_yuan(plain), 1.0 if is_plain else 0.7)
    except Invalid:
        return None


def parse_icd(text: str) -> Parsed | None:
    """Codes are checked against the table: where `110` is no code and `I10` is, `I10` was meant."""
    for found in _ICD.finditer(text.upper()):
        code = _mended_icd(found.group(1))
        if code in names_by_code():
            return Parsed(code, 1.0, is_proven=code == found.group(1))
        if code[0].isalpha():
            return Parsed(code, 0.85)
    return None


_FIRST_LETTERS = {"1": "I", "|": "I", "0": "O", "8": "B", "5": "S", "2": "Z", "6": "G"}


def _mended_icd(code: str) -> str:
    letter = _FIRST_LETTERS.get(code[0])
    return letter + code[1:] if letter else code


def parse_diagnosis(text: str) -> Parsed | None:
    plain = re.sub(r"^\d{1,2}[.、)]", "", text).strip(":;,。、. ")
    plain = re.split(r"[。;,，；]", plain)[0]
    without_code = re.sub(r"[(\[（]?[A-Z0-9]\d{2}(?:\.\d{1,3})?(?:[xX]\d{1,3})?[)\]）]?$", "", plain).strip("( ")
    name = without_code or plain
    if name in codes_by_name():
        return Parsed(name, 1.0, is_proven=True)
    close = closest(name, codes_by_name(), reach=1) if len(name) >= 4 else None  # noqa: PLR2004
    if close:
        return Parsed(close, 0.9)
    return Parsed(name, 0.92) if re.search(rf"[{_HAN}]{{2}}", name) else None


def parse_department(text: str) -> Parsed | None:
    plain = text.strip(":;,。、")
    if re.fullmatch(rf"[{_HAN}()一二三四五六七八九\d]{{2,14}}", plain) and plain.endswith(
        ("科", "室", "部", "病区", "区")
    ):
        return Parsed(plain)
    return Parsed(plain, 0.7) if re.fullmatch(rf"[{_HAN}]{{2,10}}", plain) else None


def parse_unit(text: str) -> Parsed | None:
    plain = text.strip(":;,。、")
    if not re.search(rf"[{_HAN}]{{3}}", plain) or len(plain) < 4:  # noqa: PLR2004
        return None
    return Parsed(plain, 1.0 if plain.endswith(_UNIT_ENDS) else 0.93)


_UNIT_ENDS = (
    "公司",
    "局",
    "所",
    "学校",
    "中学",
    "小学",
    "馆",
    "站",
    "厂",
    "中心",
    "院",
    "社",
    "委员会",
    "办公室",
    "处",
    "队",
    "店",
    "部",
    "行",
    "会",
)


def parse_institution(text: str) -> Parsed | None:
    """The listed name it is, or nearly is. An unlisted one is kept as printed, for a person to confirm."""
    plain = text.strip(":;,。、")
    names = institution_names()
    if plain in names:
        return Parsed(names[plain].name, 1.0, is_proven=True)
    close = closest(plain, names, reach=1 + len(plain) // 10)
    if close:
        return Parsed(names[close].name, 0.92)
    return Parsed(plain, 0.75) if re.search(rf"[{_HAN}]{{4}}", plain) else None


def parse_number(text: str) -> Parsed | None:
    official = _OFFICIAL.search(text)
    if official:
        return Parsed(tidy_official(official.group()))
    found = _NUMBER.search(text)
    return Parsed(found.group(), 1.0 if found.group() == text else 0.9) if found else None


def tidy_official(text: str) -> str:
    """Year brackets of a 文号 in the one prescribed form, GB/T 9704: 〔〕."""
    return re.sub(r"[〔\[(（【]((?:19|20)\d{2})[〕\])）】]", r"〔\1〕", text)


def parse_text(text: str) -> Parsed | None:
    plain = text.strip(":;,。、")
    return Parsed(plain, 0.95) if plain else None


def closest(text: str, names: Mapping[str, object], *, reach: int) -> str | None:
    """A name within `reach` edits; None when there is none, or when several that mean different things are."""
    near = [name for name in names if abs(len(name) - len(text)) <= reach and _distance(text, name) <= reach]
    return near[0] if len({names[name] for name in near}) == 1 else None


def _distance(one: str, other: str) -> int:
    before = list(range(len(other) + 1))
    for row, a in enumerate(one, 1):
        now = [row]
        for column, b in enumerate(other, 1):
            now.append(min(before[column] + 1, now[-1] + 1, before[column - 1] + (a != b)))
        before = now
    return before[-1]


PARSERS: Mapping[str, Parser] = {
    "person_name": parse_name,
    "id_number": parse_id,
    "phone": parse_phone,
    "unit_name": parse_unit,
    "credit_code": parse_credit_code,
    "institution_name": parse_institution,
    "department": parse_department,
    "diagnosis": parse_diagnosis,
    "icd_code": parse_icd,
    "admitted_on": parse_date,
    "discharged_on": parse_date,
    "formed_on": parse_date,
    "document_number": parse_number,
    "amount_total": parse_amount,
    "amount_fund": parse_amount,
    "amount_self": parse_amount,
    "note": parse_text,
    "responsible": parse_unit,
}
