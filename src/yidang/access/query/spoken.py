"""Filters said in words: `类目:住院费用结算` means what `series:DYJS` does. The house above knows the names."""

from collections.abc import Callable

from yidang.kernel.errors import Invalid

# Facet name, what was said → codes meant; empty when nothing is called so.
Dictionary = Callable[[str, str], set[str]]
_dictionaries: list[Dictionary] = []


def understand(dictionary: Dictionary) -> None:
    """Called once, when the program starts."""
    _dictionaries[:] = [dictionary]


def codes(facet: str, said: str) -> set[str]:
    """Raises Invalid `query_filter_unknown` for words that name nothing; a code is taken as it is."""
    for dictionary in _dictionaries:
        if found := dictionary(facet, said):
            return found
    if said.isascii():
        return {said}
    raise Invalid("query_filter_unknown", value=said)
