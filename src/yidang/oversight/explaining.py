"""The sentence of a rule about one doubt, in Chinese, from the evidence the rule returned."""

import json
from decimal import Decimal
from typing import Any


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
    is_money = name.endswith("_fen") and isinstance(value, int | float)
    return f"{Decimal(value).scaleb(-2):,.2f}" if is_money else value
