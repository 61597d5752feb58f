"""The sentence of a rule about one doubt, in Chinese, from the evidence the rule returned."""

import json
from decimal import Decimal
from typing import Any

from yidang.kernel.texts import catalogue, say

_SEXES = {"1": "男", "2": "女", "9": "未说明"}
_UNITS = {"age": "周岁", "age_days": "日龄"}
_ABSENCES = {"prison": "服刑", "abroad": "出国（境）"}
# What a fact of this name is called where it comes as a code.
_CODED = {"sex": _SEXES, "allowed_sex": _SEXES, "counted_in": _UNITS, "absent_for": _ABSENCES}
# The same, where the catalogue of texts knows the code under this beginning.
_NAMED = {"visit": "visit_", "allowed": "visit_", "scheme": "scheme_"}


class _Known(dict[str, Any]):
    """What a row does not say is a dash in the sentence."""

    def __missing__(self, key: str) -> str:
        return "–"


def explained(template: str, evidence: str | dict[str, Any] | None) -> str:
    """Evidence counts money in fen; the sentence tells it in yuan."""
    facts = json.loads(evidence) if isinstance(evidence, str) else evidence or {}
    try:
        return template.format_map(_Known({name: _worded(name, value) for name, value in facts.items()}))
    except (ValueError, TypeError, AttributeError, IndexError):
        return template  # a number where a word stands, say: the facts beside it tell the rest


def _worded(name: str, value: Any) -> Any:
    """Money in yuan, codes in words, whole numbers without a fraction; what is not known is a dash."""
    if value is None:
        return "–"
    if isinstance(value, int | float) and name.endswith("_fen"):
        return f"{Decimal(value).scaleb(-2):,.2f}"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if name in _NAMED and (text := f"{_NAMED[name]}{value}") in catalogue():
        return say(text)
    return _CODED.get(name, {}).get(str(value), value)
