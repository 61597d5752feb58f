"""From the readings of an item to its description: every field with its confidence, its page and its box."""

from collections.abc import Sequence

from yidang.holdings.description import Description, Field
from yidang.holdings.reading import PageReading
from yidang.intake.reading.extraction.candidates import Candidate, candidates
from yidang.intake.reading.extraction.crosschecks import cross_check
from yidang.intake.reading.extraction.titles import TALL, chinese_brackets, heading_of, tallest_line
from yidang.intake.reading.extraction.tokens import Token, tokens_of
from yidang.intake.reading.extraction.types import TypeSpec, type_specs
from yidang.intake.reading.extraction.unlabelled import (
    bracketed_icd,
    closing_date,
    listed_institution,
    lone_date,
    lone_id,
    official_number,
    sender,
)
from yidang.intake.reading.reference import institution_names
from yidang.intake.reading.typing import OTHER

FALLBACKS = {
    "formed_on": lone_date,
    "institution_name": listed_institution,
    "responsible": sender,
    "id_number": lone_id,
}
OFFICIAL_PAPERS = {"inspection_notice", "typed_letter"}
UNNAMED = 0.5  # confidence of a title made from the type alone


def extract(document_type: str, readings: Sequence[PageReading]) -> Description:
    """Boxes are those of the lines a value was read from; `page` counts from 1 within `readings`."""
    spec = type_specs().get(document_type, type_specs()["other"])
    pages = tokens_of(readings)
    tokens = [token for page in pages for token in page]
    chosen = _choose(document_type, spec, tokens)
    fields = {key: _field(candidate) for key, candidate in chosen.items()}
    fields |= _institution(chosen)
    fields["title"] = _title(document_type, spec, chosen, tokens)
    return Description(fields)


def _choose(document_type: str, spec: TypeSpec, tokens: Sequence[Token]) -> dict[str, Candidate]:
    if document_type in OFFICIAL_PAPERS:
        return _from_official_paper(spec, tokens)
    options = {field: candidates(field, tokens) for field in spec.fields}
    chosen = {field: found[0] for field, found in options.items() if found}
    for field in spec.fields:
        fallback = FALLBACKS.get(field)
        found = fallback(tokens) if field not in chosen and fallback else None
        if found:
            chosen[field] = found
    if "icd_code" in spec.fields and "icd_code" not in chosen and "diagnosis" in chosen:
        beside = bracketed_icd(chosen["diagnosis"].token, tokens)
        chosen |= {"icd_code": beside} if beside else {}
    return cross_check(chosen, options, tokens)


def _from_official_paper(spec: TypeSpec, tokens: Sequence[Token]) -> dict[str, Candidate]:
    finders = {
        "document_number": official_number,
        "responsible": sender,
        "formed_on": closing_date,
        "institution_name": listed_institution,
    }
    found = {field: finders[field](tokens) for field in spec.fields if field in finders}
    return {field: candidate for field, candidate in found.items() if candidate}


def _field(candidate: Candidate) -> Field:
    token = candidate.token
    return Field(candidate.value, confidence=candidate.confidence, page=token.page, box=list(token.line.box))


def _institution(chosen: dict[str, Candidate]) -> dict[str, Field]:
    """The code of a listed institution beside its name."""
    named = chosen.get("institution_name")
    listed = institution_names().get(str(named.value)) if named else None
    if named is None or listed is None:
        return {}
    token = named.token
    return {"institution": Field(listed.code, confidence=named.confidence, page=token.page, box=list(token.line.box))}


def _guessed(line: Token) -> Field:
    text = chinese_brackets(line.text)
    return Field(text, confidence=round(min(line.confidence, UNNAMED), 4), page=line.page, box=list(line.line.box))


def _title(document_type: str, spec: TypeSpec, chosen: dict[str, Candidate], tokens: Sequence[Token]) -> Field:
    heading, lines = heading_of(tokens, spec)
    outstanding = tallest_line(tokens) if document_type == OTHER else None
    if outstanding and not any(line.height >= outstanding.height / TALL for line in lines):
        return _guessed(outstanding)
    about = chosen.get(spec.subject)
    text = (str(about.value) if about else "") + (chinese_brackets(heading) or spec.zh)
    grades = [line.confidence for line in lines] or [UNNAMED]
    if spec.subject:
        grades.append(about.confidence if about else UNNAMED)
    place = lines[0] if lines else None
    return Field(
        text,
        confidence=round(min(grades), 4),
        page=place.page if place else None,
        box=list(place.line.box) if place else None,
    )
