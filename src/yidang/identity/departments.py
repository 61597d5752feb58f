"""Sections and clinical departments as packaged data."""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from django.db.models import Q

from yidang.identity.models import Department
from yidang.kernel.difference import Difference, difference


@cache
def packaged() -> dict[str, Any]:
    text = files("yidang.identity").joinpath("data/departments.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


def load_departments() -> None:
    """Writes the packaged rows; asking twice changes nothing."""
    rows = [Department(**columns) for columns in _columns()]
    Department.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=["kind", "name_zh", "name_en"]
    )


def _columns() -> Iterator[dict[str, str]]:
    for kind in (Department.Kind.SECTION, Department.Kind.CLINICAL):
        for code, (zh, en) in packaged()[kind].items():
            yield {"code": code, "kind": kind, "name_zh": zh, "name_en": en}


def department_differences() -> Iterator[Difference]:
    """Rows changed behind our back: a department of another name shows its people's records under it."""
    packaged_codes = {columns["code"] for columns in _columns()}
    own = Department.objects.exclude(~Q(code__in=packaged_codes), kind=Department.Kind.INSTITUTION)
    rows = {row.code: row for row in own}
    for expected in _columns() if rows else ():
        row = rows.pop(expected["code"], None)
        wrong = [name for name, value in expected.items() if getattr(row, name, None) != value]
        if wrong:
            yield difference("department_changed", department=expected["code"], column=", ".join(wrong))
    yield from (difference("department_changed", department=code, column="code") for code in rows)


@cache
def _clinical_names() -> dict[str, str]:
    data = packaged()
    printed: dict[str, str] = {zh: code for code, (zh, _) in data["clinical"].items()}
    return {**printed, **data["alias"]}


def clinical_code(name: str) -> str | None:
    """The code of a clinical department as a form prints its name: `心内科`, `心内科二病区`, `住院部心内科`."""
    bare = "".join(name.split())
    names = _clinical_names()
    if bare in names:
        return names[bare]
    contained = [known for known in names if known in bare]
    return names[max(contained, key=len)] if contained else None
