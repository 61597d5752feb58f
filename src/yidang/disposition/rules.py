"""What a group's opinions come to. 令3号: terms are minimum terms, and a term found too short is set anew."""

from collections.abc import Iterable, Sequence

from yidang.kernel.period import PERMANENT, term_years

DESTROY, EXTEND, FOR_EVER = "destroy", "extend", "permanent"
PARTS = frozenset({"head", "business", "archivist", "authority"})
LEAST_WITNESSES = 2
SHORTEST_WAIT, LONGEST_WAIT, USUAL_WAIT = 1, 365, 7

Word = tuple[str, str]  # choice, term


def missing_parts(parts: Iterable[str]) -> list[str]:
    return sorted(PARTS - set(parts))


def outcome(words: Sequence[Word]) -> Word:
    """The most careful word counts: one member who wants a record kept is enough to keep it."""
    if any(choice == FOR_EVER for choice, _ in words):
        return FOR_EVER, PERMANENT
    terms = [term for choice, term in words if choice == EXTEND]
    if terms:
        return EXTEND, max(terms, key=lambda term: term_years(term) or 0)
    return DESTROY, ""


def is_longer(new: str, old: str) -> bool:
    """Whether one term keeps a record longer than the other.

    Raises:
        Invalid: `term_malformed`.
    """
    before, after = term_years(old), term_years(new)
    return before is not None and (after is None or after > before)


def years_kept(formed: int, this_year: int) -> int:
    """Counted as terms are, from 1 January after formation."""
    return max(0, this_year - formed - 1)


def years_needed(*, due_year: int, term: str, this_year: int) -> int:
    """The shortest term in years under which a record that is due now would no longer be."""
    return (term_years(term) or 0) + (this_year - due_year) + 1
