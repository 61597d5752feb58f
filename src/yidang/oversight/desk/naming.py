"""The codes a doubt speaks of, with what they are called where the archive knows it."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from yidang.claims.naming import names_of_diagnoses, names_of_groups, names_of_items
from yidang.oversight.institutions import name_of

# Facts that rules give as codes.
_ITEMS = ("other_item", "traced_item", "package")
_GROUPS = ("assigned", "supported", "drg")
_DIAGNOSES = ("diagnosis", "main_diagnosis", "disease", "other")
_PLACES = ("other_provider", "former_provider", "admitted_at", "stocked_by")


def called(facts: Mapping[str, Any], on: date) -> list[tuple[str, str]]:
    """Code and name, in the order of the facts; a group is called as on that day."""
    names = names_of_items(_codes(facts, _ITEMS)) | names_of_diagnoses(_codes(facts, _DIAGNOSES))
    names |= names_of_groups(_codes(facts, _GROUPS), on)
    names |= {code: name_of(code) for code in _codes(facts, _PLACES)}
    told = [str(facts[key]) for key in facts if key in _ITEMS + _GROUPS + _DIAGNOSES + _PLACES]
    return [(code, names[code]) for code in dict.fromkeys(told) if names.get(code)]


def _codes(facts: Mapping[str, Any], keys: tuple[str, ...]) -> set[str]:
    return {str(facts[key]) for key in keys if facts.get(key)}
