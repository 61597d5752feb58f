"""Codes of the credit archive in words."""

from collections.abc import Mapping

from django import template

from yidang.credit.terms import behaviours

register = template.Library()


@register.filter
def behaviour_name(code: str) -> str:
    """Blank for one the packaged table has no more."""
    known = behaviours().get(code)
    return known.name if known else ""


@register.filter
def called(names: Mapping[str, str], code: str) -> str:
    """Blank for an institution nobody named."""
    return names.get(code, "")
