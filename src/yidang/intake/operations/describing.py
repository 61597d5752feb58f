"""What an item is and says: the machine's reading under the catalogue's word, and how sure that is."""

import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from yidang.holdings.columns import described_columns
from yidang.holdings.description import Description, Field, check, specs
from yidang.holdings.operations.placing import check_year
from yidang.holdings.reading import PageReading
from yidang.intake.formats.recordings import Recording
from yidang.intake.unfold import values
from yidang.kernel.errors import Invalid

DOUBTFUL = 0.5  # a title made from a file's name is a guess
RECORDING = "recording"
YEAR = "year"  # a catalogue's column that places the item, not one that describes it


@dataclass(frozen=True)
class Described:
    description: Description
    document_type: str
    confidence: float


def describe_text(readings: Sequence[PageReading], catalogue: Mapping[str, str], name: str) -> Described:
    """Type and fields of an item all of whose pages are read."""
    from yidang.intake.reading.extract import extract
    from yidang.intake.reading.typing import classify

    document_type, sureness = classify([reading.text() for reading in readings])
    description = extract(document_type, readings)
    return _described(description, document_type, sureness, catalogue, name)


def describe_recording(recording: Recording, catalogue: Mapping[str, str], name: str) -> Described:
    told = _said(recording)
    fields = {"note": Field(told, source="machine")} if told else {}
    return _described(Description(fields), RECORDING, 1.0, catalogue, name)


def describe_unread(catalogue: Mapping[str, str], name: str) -> Described:
    """What is known before the pages are read, and of a paper-only item for good."""
    return _described(Description(), "", 1.0, catalogue, name)


def _described(
    description: Description, document_type: str, sureness: float, catalogue: Mapping[str, str], name: str
) -> Described:
    given, unsure = from_catalogue(catalogue)
    full = description.with_fields(given)
    if not full.title:
        full = full.with_fields({"title": _title_from(name)})
    described_columns(full)
    check(full)
    if given.get("title") is not None:
        return Described(full, document_type, 0.0 if unsure else 1.0)
    return Described(full, document_type, 0.0 if unsure else confidence(full, document_type, sureness))


def keep_persons(described: Described, before: Description) -> Described:
    """What a person once said stands above what the machine reads now."""
    said = {key: field for key, field in before.fields.items() if field.source == "person"}
    return replace(described, description=described.description.with_fields(said)) if said else described


def from_catalogue(catalogue: Mapping[str, str]) -> tuple[dict[str, Field | None], bool]:
    """The cells as fields, and whether one of them could not be understood and is left to a person."""
    fields: dict[str, Field | None] = {}
    unsure = False
    for key, text in catalogue.items():
        unsure = unsure or (key == YEAR and _year(text) is None)
        if key not in specs():
            continue
        value = values.convert(key, text)
        if value is None:
            unsure = True
        else:
            fields[key] = Field(value, source="catalogue")
    return fields, unsure


def year_of(catalogue: Mapping[str, str], *, default: int) -> int:
    """The 年度 that the catalogue says, else the accession's."""
    return _year(catalogue.get(YEAR, "")) or default


def _year(text: str) -> int | None:
    digits = unicodedata.normalize("NFKC", text).strip().removesuffix("年")
    if not (digits.isascii() and digits.isdigit()):
        return None
    try:
        check_year(int(digits))
    except Invalid:
        return None
    return int(digits)


def _title_from(name: str) -> Field:
    path = PurePosixPath(name)
    return Field((path.stem or path.name)[:200] or "?", confidence=DOUBTFUL, source="default")


def confidence(description: Description, document_type: str, sureness: float) -> float:
    """The least of the type's and the required fields' own; 0 where a required field was not found."""
    grades = [sureness]
    for key in required_fields(document_type):
        found = description.fields.get(key)
        grades.append(0.0 if found is None else 1.0 if found.confidence is None else found.confidence)
    return min(grades)


@cache
def _required() -> dict[str, list[str]]:
    source = files("yidang.intake") / "data" / "required_fields.toml"
    table: dict[str, list[str]] = tomllib.loads(source.read_text(encoding="utf-8"))["required"]
    return table


def required_fields(document_type: str) -> list[str]:
    """What must be sure before an item of this type is filed without a person."""
    return ["title", *_required().get(document_type, [])]


def _said(recording: Recording) -> str:
    parts = []
    if recording.seconds is not None:
        minutes, seconds = divmod(round(recording.seconds), 60)
        parts.append(f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}")
    return " · ".join([*parts, *recording.codings])
