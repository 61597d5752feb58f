"""Names in the reader's language."""

from functools import cache

from django.utils.translation import get_language, ngettext, pgettext

from yidang.holdings.models import Series
from yidang.identity.models import Department
from yidang.intake.reading.reference import institutions


def name_of(thing: object) -> str:
    """Of a series, department, fonds or field, in the reader's language or else in the other."""
    wanted, other = ("en", "zh") if get_language() == "en" else ("zh", "en")
    for suffix in (wanted, other):
        for prefix in ("title", "name"):
            text = getattr(thing, f"{prefix}_{suffix}", "")
            if text:
                return str(text)
    return str(thing or "–")


def term_of(value: str) -> str:
    """Retention term 保管期限: Y permanent, D<years>, KJ the accounting rule."""
    if value == "Y":
        return pgettext("retention", "Permanent")
    if value == "KJ":
        return pgettext("retention", "By the accounting rules")
    if value[:1] == "D" and value[1:].isdigit():
        years = int(value[1:])
        return ngettext("%(n)d year", "%(n)d years", years) % {"n": years}
    return value or "–"


@cache
def _all_series() -> dict[str, Series]:
    return Series.objects.in_bulk()


@cache
def _all_departments() -> dict[str, Department]:
    return Department.objects.in_bulk()


@cache
def _all_institutions() -> dict[str, str]:
    return {one.code: one.name for one in institutions()}


def institution_name(code: str) -> str:
    return _all_institutions().get(code, code)


def series_name(code: str) -> str:
    found = _all_series().get(code)
    return name_of(found) if found else code


def department_name(code: str) -> str:
    found = _all_departments().get(code)
    return name_of(found) if found else code


def process_name(process: str) -> str:
    """A business step 业务环节 is called by the series that bear its code."""
    names = [name_of(series) for series in _all_series().values() if series.process == process]
    return " / ".join(names[:2]) or process
