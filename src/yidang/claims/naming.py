"""What codes are called: by the newest code tables taken in, else by the invented items and groups that ship."""

import csv
import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from yidang.claims.drg.reading import synthetic
from yidang.claims.lists.codes import newest
from yidang.claims.models import Code, DrgScheme, Provider

_ITEMS = ("drugs", "services", "materials")
_CODE, _NAME = 0, 3  # places in a row of groups as a scheme is laid out
# 类目, 亚目, 细目 and 扩展 of an illness, with the manifestation (*) that may follow a cause (+).
_ILLNESS = re.compile(
    r"(?P<category>[A-Z]\d\d)(\.(?P<subcategory>[\dx])(?P<detail>\d\d?)?)?(?P<extension>x\d{3})?(\+.*|\*)?",
    re.IGNORECASE,
)


def names_of_items(codes: Collection[str]) -> dict[str, str]:
    invented = {code: name for code in codes if (name := _invented().get(code))}
    return invented | _listed(_ITEMS, codes)


def names_of_diagnoses(codes: Collection[str]) -> dict[str, str]:
    """Of a code that the table lacks, the name of the nearest above it: of I10.x00x002 that of I10.x00, else of I10."""
    above = {code: _upward(code) for code in codes}
    known = _listed(("diagnoses",), {one for ladder in above.values() for one in ladder})
    called = {code: next((known[one] for one in ladder if one in known), "") for code, ladder in above.items()}
    return {code: name for code, name in called.items() if name}


def _upward(code: str) -> list[str]:
    """The code and those above it, the nearest first. Of another form, such as a morphology's, the code alone."""
    steps = _ILLNESS.fullmatch(code)
    if steps is None:
        return [code]
    ends = {steps.end(part) for part in ("category", "subcategory", "detail", "extension") if steps[part]}
    return list(dict.fromkeys([code, *(code[:end] for end in sorted(ends, reverse=True))]))


def names_of_operations(codes: Collection[str]) -> dict[str, str]:
    return _listed(("operations",), codes)


def names_of_providers(codes: Collection[str]) -> dict[str, str]:
    named = Provider.objects.filter(pk__in=codes).exclude(name="")
    return dict(named.values_list("pk", "name"))


def names_of_groups(codes: Collection[str], on: date) -> dict[str, str]:
    """By the scheme in force on that day; a scheme is read as it lies, not opened whole."""
    wanted = set(codes)
    if not wanted:
        return {}
    row = DrgScheme.objects.filter(effective_from__lte=on).values_list("tables__drgs", flat=True).first()
    known = [(one[_CODE], one[_NAME]) for one in row or ()] or [(one.code, one.name) for one in synthetic().drgs]
    return {code: name for code, name in known if code in wanted and name and name != code}


def _listed(kinds: Collection[str], codes: Collection[str]) -> dict[str, str]:
    tables = [table for kind in kinds if codes and (table := newest(kind))]
    if not tables:
        return {}
    rows = Code.objects.filter(list__in=tables, code__in=list(codes)).exclude(name="")
    return dict(rows.values_list("code", "name"))


@cache
def _invented() -> Mapping[str, str]:
    text = files("yidang.claims").joinpath("data/items.csv").read_text(encoding="utf-8")
    return {row["code"]: row["name"] for row in csv.DictReader(text.splitlines())}
