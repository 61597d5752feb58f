"""Amounts in words 大写金额: 叁仟贰佰伍拾元整 → 325000 fen. Pure."""

import re

_DIGITS = {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"两": 2, "貳": 2, "參": 3, "陸": 6, "〇": 0}
_STEPS = {"拾": 10, "佰": 100, "仟": 1000}
_SUM = re.compile(r"([零壹贰叁肆伍陆柒捌玖拾佰仟万亿貳參陸〇]+)[元圆]([零壹贰叁肆伍陆柒捌玖角分整正貳參陸]*)")


def parse_words(text: str) -> int | None:
    found = _SUM.search(text)
    if not found:
        return None
    yuan = _whole(found.group(1))
    return None if yuan is None else yuan * 100 + _cents(found.group(2))


def _whole(text: str) -> int | None:
    if "亿" in text or "万" in text:
        unit, factor = ("亿", 10**8) if "亿" in text else ("万", 10**4)
        head, _, rest = text.partition(unit)
        high, low = _whole(head), _whole(rest) if rest else 0
        return None if high is None or low is None else high * factor + low
    total = digit = 0
    for character in text:
        if character in _STEPS:
            total += (digit or 1) * _STEPS[character]
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
        else:
            return None
    return total + digit


def _cents(text: str) -> int:
    tens = re.search(r"([壹贰叁肆伍陆柒捌玖貳參陸])角", text)
    ones = re.search(r"([壹贰叁肆伍陆柒捌玖貳參陸])分", text)
    return (_DIGITS[tens.group(1)] * 10 if tens else 0) + (_DIGITS[ones.group(1)] if ones else 0)
