"""Business steps and institutions by their names, in the reader's language."""

import re

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from yidang.holdings.models import Series
from yidang.intake.reading.reference import institutions

_CODE = re.compile(r"[A-Z0-9]{2,16}")


def process_names() -> list[tuple[str, str]]:
    """Code and name of each step, by code."""
    column = "title_en" if get_language() == "en" else "title_zh"
    rows = Series.objects.exclude(process="").order_by("process", "position").values_list("process", column)
    return list(dict(reversed(list(rows))).items())[::-1]


def process_name(code: str) -> str:
    column = "title_en" if get_language() == "en" else "title_zh"
    found = Series.objects.filter(process=code).order_by("position").values_list(column, flat=True).first()
    return f"{found} {code}" if found else code or "–"


def subject_in_words(subject: str) -> str:
    """What a case is about: quarter, institution and step or series stand in it by their codes."""
    return " · ".join(_called(one) for one in subject.split(" · "))


def _called(one: str) -> str:
    if one == "–":
        return _("none named")
    column = "title_en" if get_language() == "en" else "title_zh"
    title = Series.objects.filter(pk=one).values_list(column, flat=True).first() if _CODE.fullmatch(one) else None
    name = title or institution_name(one)
    return f"{name} {one}" if name else one


def institution_name(code: str) -> str:
    return next((one.name for one in institutions() if one.code == code), "") if code else ""
