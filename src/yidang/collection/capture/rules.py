"""What a business system says of a finished case, read and refused where it is wrong; and checklists matched."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from yidang.kernel.errors import Invalid

Carrier = Literal["electronic", "paper"]
_CARRIERS = ("electronic", "paper")
_LONGEST_NUMBER, _LONGEST_TEXT, _LONGEST_NAME = 60, 400, 200
MOST_MATERIALS, MOST_STEPS, MOST_FIELDS = 200, 200, 60
_YEARS = range(1900, 2200)


@dataclass(frozen=True)
class Step:
    """One step of the business process: what was done, by whom, when (ISO 8601), with what result."""

    step: str
    by: str
    at: str
    result: str = ""


@dataclass(frozen=True)
class Material:
    """`file` is blank for paper."""

    name: str
    carrier: Carrier
    file: str = ""


@dataclass(frozen=True)
class Filed:
    """A case as its system files it. `fields`: description fields as text."""

    number: str
    series: str
    year: int
    title: str
    institution: str
    closed_on: date
    fields: Mapping[str, str] = field(default_factory=dict)
    process: Sequence[Step] = ()
    materials: Sequence[Material] = ()

    @property
    def files(self) -> list[str]:
        return [one.file for one in self.materials if one.carrier == "electronic"]


def parse(given: Any) -> Filed:
    """Raises Invalid: `case_words_wrong` with the place that is wrong; nothing of its value is repeated."""
    whole = _object(given, "")
    materials = [_material(one, place) for place, one in enumerate(_list(whole, "materials", MOST_MATERIALS))]
    closed_on = _date(whole, "closed_on")
    filed = Filed(
        number=_text(whole, "case_number", _LONGEST_NUMBER),
        series=_text(whole, "series", 16),
        year=_year(whole, closed_on),
        title=_text(whole, "title", _LONGEST_TEXT, is_needed=False),
        institution=_text(whole, "institution", 20, is_needed=False),
        closed_on=closed_on,
        fields=_fields(whole),
        process=[_step(one, place) for place, one in enumerate(_list(whole, "process", MOST_STEPS))],
        materials=materials,
    )
    if not materials:
        raise Invalid("case_words_wrong", place="materials")
    if len(set(filed.files)) != len(filed.files):
        raise Invalid("case_words_wrong", place="materials")
    return filed


def parse_materials(given: Any) -> list[Material]:
    """Raises Invalid: `case_words_wrong`."""
    found = _list({"materials": given}, "materials", MOST_MATERIALS)
    if not found:
        raise Invalid("case_words_wrong", place="materials")
    return [_material(one, place) for place, one in enumerate(found)]


def _object(given: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(given, dict) or not all(isinstance(key, str) for key in given):
        raise Invalid("case_words_wrong", place=place or "case")
    return given


def _list(whole: Mapping[str, Any], name: str, most: int) -> Sequence[Any]:
    found = whole.get(name, [])
    if not isinstance(found, list) or len(found) > most:
        raise Invalid("case_words_wrong", place=name)
    return found


def _text(whole: Mapping[str, Any], name: str, longest: int, *, is_needed: bool = True, place: str = "") -> str:
    found = whole.get(name, "")
    if not isinstance(found, str) or len(found) > longest or any(unicodedata.category(char) == "Cc" for char in found):
        raise Invalid("case_words_wrong", place=place or name)
    if is_needed and not found.strip():
        raise Invalid("case_words_wrong", place=place or name)
    return found.strip()


def _date(whole: Mapping[str, Any], name: str) -> date:
    text = _text(whole, name, 10)
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise Invalid("case_words_wrong", place=name) from None
    if found.year not in _YEARS:
        raise Invalid("case_words_wrong", place=name)
    return found


def _year(whole: Mapping[str, Any], closed_on: date) -> int:
    found = whole.get("year", closed_on.year)
    if isinstance(found, bool) or not isinstance(found, int) or found not in _YEARS:
        raise Invalid("case_words_wrong", place="year")
    return found


def _fields(whole: Mapping[str, Any]) -> dict[str, str]:
    given = _object(whole.get("fields", {}), "fields")
    if len(given) > MOST_FIELDS:
        raise Invalid("case_words_wrong", place="fields")
    return {key: _text(given, key, _LONGEST_TEXT, is_needed=False, place=f"fields.{key[:40]}") for key in given}


def _step(given: Any, place: int) -> Step:
    whole, name = _object(given, f"process[{place}]"), f"process[{place}]"
    at = _text(whole, "at", 40, place=name)
    try:
        datetime.fromisoformat(at)
    except ValueError:
        raise Invalid("case_words_wrong", place=name) from None
    return Step(
        step=_text(whole, "step", 120, place=name),
        by=_text(whole, "by", 80, place=name),
        at=at,
        result=_text(whole, "result", _LONGEST_NAME, is_needed=False, place=name),
    )


def _material(given: Any, place: int) -> Material:
    whole, name = _object(given, f"materials[{place}]"), f"materials[{place}]"
    carrier = whole.get("carrier", "electronic")
    file = _text(whole, "file", _LONGEST_NAME, is_needed=False, place=name)
    if carrier not in _CARRIERS or (carrier == "electronic") != bool(file):
        raise Invalid("case_words_wrong", place=name)
    if "/" in file or "\\" in file or file in {".", ".."}:
        raise Invalid("case_words_wrong", place=name)
    return Material(_text(whole, "name", _LONGEST_NAME, place=name), carrier, file)


def plain(number: str) -> str:
    """A case number as it is compared: full-width forms, blanks and case make no other number."""
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()


def told(steps: Sequence[Step], longest: int = 4000) -> str:
    """The process in lines that a person reads, cut at whole lines."""
    lines: list[str] = []
    for one in steps:
        line = " ".join(filter(None, [one.at, one.step, one.by, one.result]))
        if sum(len(known) + 1 for known in lines) + len(line) > longest:
            break
        lines.append(line)
    return "\n".join(lines)


def is_same_material(listed: str, given: str) -> bool:
    """`居民身份证复印件` is `身份证复印件`: one name holds the other."""
    ours, theirs = plain(listed), plain(given)
    return bool(ours and theirs) and (ours in theirs or theirs in ours)
