"""What the filters beside the search results are called, and their values."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from yidang.site.labels import DOCUMENT_TYPES, STATES
from yidang.site.naming import department_name, institution_name, process_name, series_name, term_of

FACETS: dict[str, str | Promise] = {
    "year": _("Year"),
    "series": _("Series"),
    "process": _("Business step"),
    "type": _("Document type"),
    "department": _("Section"),
    "term": _("Retention period"),
    "institution": _("Institution"),
    "seal": _("Seal"),
    "state": _("State"),
    "from": _("From"),
    "to": _("Until"),
}


def _state(value: str) -> str:
    return str(STATES[value].label) if value in STATES else value


def _type(value: str) -> str:
    return str(DOCUMENT_TYPES.get(value, value))


def _seal(value: str) -> str:
    return pgettext("seal", "With a seal") if value == "yes" else pgettext("seal", "Without a seal")


FACET_VALUES: dict[str, Callable[[str], str]] = {
    "series": series_name,
    "process": process_name,
    "type": _type,
    "department": department_name,
    "institution": institution_name,
    "term": term_of,
    "seal": _seal,
    "state": _state,
    "from": lambda day: gettext("from %(day)s") % {"day": day},
    "to": lambda day: gettext("until %(day)s") % {"day": day},
}
