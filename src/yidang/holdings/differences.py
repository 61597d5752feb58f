"""What differs between two versions of an item, field by field and page by page. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from yidang.holdings.description import Value
from yidang.holdings.dossier import Dossier, StoredPage

_PLACE = ("reference_code", "series", "year", "term", "document_type")


@dataclass(frozen=True)
class FieldChange:
    """`key`: a description field, or one of reference_code, series, year, term, document_type."""

    key: str
    before: Value | None
    after: Value | None

    def covered(self, cover: Callable[[str], str]) -> "FieldChange":
        """Its texts as `cover` leaves them; figures tell no person."""
        before, after = (cover(one) if isinstance(one, str) else one for one in (self.before, self.after))
        return FieldChange(self.key, before, after)


@dataclass(frozen=True)
class PageChange:
    """`before` and `after`: page numbers, None where the page is absent; `turned`: degrees clockwise."""

    kind: Literal["added", "removed", "moved", "turned", "text"]
    before: int | None
    after: int | None
    turned: int = 0


@dataclass(frozen=True)
class VersionDiff:
    before: int
    after: int
    fields: Sequence[FieldChange]
    pages: Sequence[PageChange]

    def __bool__(self) -> bool:
        return bool(self.fields or self.pages)


def field_changes(before: Dossier, after: Dossier) -> list[FieldChange]:
    placed = [FieldChange(key, getattr(before, key), getattr(after, key)) for key in _PLACE]
    keys = sorted({*before.description.fields, *after.description.fields})
    described = [FieldChange(key, before.description.value(key), after.description.value(key)) for key in keys]
    return [change for change in (*placed, *described) if change.before != change.after]


def page_changes(
    before: Dossier, after: Dossier, texts_before: Sequence[str], texts_after: Sequence[str]
) -> list[PageChange]:
    """`texts_…`: the pages' texts in order, so that a page read anew shows."""
    old = {page.id: (number, page) for number, page in enumerate(before.pages, start=1)}
    new = {page.id: (number, page) for number, page in enumerate(after.pages, start=1)}
    changes = [PageChange("removed", number, None) for key, (number, _) in old.items() if key not in new]
    for key, (number, page) in new.items():
        if key not in old:
            changes.append(PageChange("added", None, number))
            continue
        former_number, former = old[key]
        changes += _one_page(former_number, former, number, page)
        if texts_before[former_number - 1] != texts_after[number - 1]:
            changes.append(PageChange("text", former_number, number))
    return changes


def _one_page(before: int, former: StoredPage, after: int, page: StoredPage) -> list[PageChange]:
    changes = [PageChange("moved", before, after)] if before != after else []
    turned = (page.rotation - former.rotation) % 360
    return [*changes, PageChange("turned", before, after, turned)] if turned else changes
