"""The sentence of a rule about one doubt, in Chinese, from the evidence the rule returned."""

import json
from typing import Any


class _Known(dict[str, Any]):
    """What a row does not say is a dash in the sentence."""

    def __missing__(self, key: str) -> str:
        return "–"


def explained(template: str, evidence: str | dict[str, Any] | None) -> str:
    facts = json.loads(evidence) if isinstance(evidence, str) else evidence or {}
    try:
        return template.format_map(_Known(facts))
    except (ValueError, TypeError, AttributeError, IndexError):
        return template  # a number where a word stands, say: the facts beside it tell the rest
