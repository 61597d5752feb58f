"""The rows of an instrument in words: names of fields, terms in years, materials with what is asked of them."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from yidang.disposition.instrument.rules import FLAGS, MARKS, is_term
from yidang.kernel.period import term_years
from yidang.kernel.texts import Language, say


class Difference(NamedTuple):
    code: str
    field: str
    old: str
    new: str


def told(differences: Iterable[tuple[str, str, Any, Any]]) -> list[Difference]:
    return [
        Difference(code, field_name(name), value(name, old), value(name, new)) for code, name, old, new in differences
    ]


def field_name(name: str) -> str:
    return said(f"row_field_{name}")


def said(code: str) -> str:
    """A text of the catalogue in the reader's language."""
    language: Language = "en" if get_language() == "en" else "zh"
    return say(code, language)


def value(name: str, raw: Any) -> str:
    if name == "materials":
        return "；".join(material(one) for one in raw or ())
    if name == "confidence":
        return said(f"confidence_{raw}") if raw in MARKS else raw
    if name == "arrangement":
        return {"item": _("by item"), "volume": _("by volume")}.get(raw, str(raw))
    return term(raw) if name == "term" else str(raw)


def material(one: dict[str, Any]) -> str:
    asked_of_it = {
        "is_required": _("required"),
        "is_original": _("original"),
        "is_scan_required": _("scan required"),
        "is_paper_kept": _("paper kept"),
    }
    asked = "、".join(asked_of_it[flag] for flag in FLAGS if one[flag])
    return f"{one['name']}（{asked}）" if asked else str(one["name"])


def term(raw: str) -> str:
    if not is_term(raw):
        return raw
    years = term_years(raw)
    if years is None:
        return pgettext("retention", "Permanent")
    return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
