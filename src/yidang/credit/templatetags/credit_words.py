"""Codes of the credit archive in words."""

from django import template

from yidang.credit.terms import behaviours

register = template.Library()


@register.filter
def behaviour_name(code: str) -> str:
    """Blank for one the packaged table has no more."""
    known = behaviours().get(code)
    return known.name if known else ""
