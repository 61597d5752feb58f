"""What lies over a record's words until somebody asks for them with a reason.

Fields that name a person or an illness are masked whole; in titles, notes and the pages' text the same words are
covered where they stand, with whatever else tells a person by its form.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from yidang.holdings.description import Description
from yidang.holdings.models import Item, ItemState
from yidang.identity.policy import Grant, Permission
from yidang.kernel.masking import (
    Covered,
    cover,
    mask_id_number,
    mask_name,
    mask_phone,
    mask_words,
    private_places,
)

MASKS: dict[str, Callable[[str], str]] = {
    "person_name": mask_name,
    "id_number": mask_id_number,
    "phone": mask_phone,
    "diagnosis": mask_words,
    "icd_code": mask_words,
}
COVERED_FIELDS = ("title", "responsible", "keywords", "note", "unit_name")
_SEVERAL = re.compile(r"[、,，;；/\n]")
_SHORTEST = 2  # a single character is no name one could cover without covering half the page


@dataclass(frozen=True)
class Veil:
    """Over the words of one record; `is_lifted` for whoever has it as a task, and for the system."""

    description: Description
    is_lifted: bool = False
    is_whole: bool = False  # the text is a masked field itself, found by its words

    def over(self, text: str) -> str:
        """The text with stars, as long as before."""
        return text if self.is_lifted or not text else cover(text, self.places(text))

    def places(self, text: str) -> Iterator[Covered]:
        if self.is_lifted:
            return iter(())
        if self.is_whole:
            return iter([(0, len(text))])
        return chain(private_places(text), self._named(text))

    def _named(self, text: str) -> Iterator[Covered]:
        for pattern, kept in self._words:
            for match in pattern.finditer(text):
                yield match.start() + kept, match.end()

    @cached_property
    def _words(self) -> list[tuple[re.Pattern[str], int]]:
        kept = {"person_name": 1, "diagnosis": 0, "icd_code": 0}
        return [
            (_loosely(word), count)
            for key, count in kept.items()
            for word in _SEVERAL.split(self.description.text(key))
            if len(word.strip()) >= _SHORTEST
        ]


def _loosely(word: str) -> re.Pattern[str]:
    """However the reader spaced it."""
    return re.compile(r"\s*".join(map(re.escape, "".join(word.split()))))


def masked(key: str, text: str, veil: Veil) -> str:
    """One field's text as the veil lets it show."""
    if veil.is_lifted:
        return text
    if key in MASKS:
        return MASKS[key](text)
    return veil.over(text) if key in COVERED_FIELDS else text


def veil_of(grant: Grant, item: Item, description: Description, page: int | None = None) -> Veil:
    """Over the record's fields, or over one page of it."""
    return Veil(description, is_lifted=is_in_clear(grant, item, page))


def is_in_clear(grant: Grant, item: Item, page: int | None = None) -> bool:
    """A draft at the confirm desk is the task of who confirms; what is lent or given is seen whole.

    A task about one page shows that page, and leaves the other pages and the fields covered.
    """
    if grant.staff_id is None and grant.role == "system":
        return True
    if item.state == ItemState.WAITING and grant.allows(Permission.CONFIRM):
        return True
    return any(reach.uncovers(item.pk, page) for reach in grant.reaches)
