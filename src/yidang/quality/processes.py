"""Business steps and institutions by their names, in the reader's language."""

from django.utils.translation import get_language

from yidang.holdings.models import Series
from yidang.intake.reading.reference import institutions


def process_names() -> list[tuple[str, str]]:
    """Code and name of each step, by code."""
    column = "title_en" if get_language() == "en" else "title_zh"
    rows = Series.objects.exclude(process="").order_by("process", "position").values_list("process", column)
    return list(dict(reversed(list(rows))).items())[::-1]


def process_name(code: str) -> str:
    column = "title_en" if get_language() == "en" else "title_zh"
    found = Series.objects.filter(process=code).order_by("position").values_list(column, flat=True).first()
    return f"{found} {code}" if found else code or "–"


def institution_name(code: str) -> str:
    return next((one.name for one in institutions() if one.code == code), "") if code else ""
