"""Fields that stand without a label: the date under a letter, its number, who sent it, whom it concerns. Pure."""

import re
from collections.abc import Sequence

from yidang.intake.reading.extraction.candidates import Candidate, candidates
from yidang.intake.reading.extraction.tokens import Token
from yidang.intake.reading.extraction.values import (
    PROVEN,
    parse_date,
    parse_icd,
    parse_id,
    parse_institution,
    tidy_official,
)
from yidang.intake.reading.reference import institution_names

OFFICIAL = re.compile(r"^[\u4e00-\u9fff]{2,10}[〔\[(（【](?:19|20)\d{2}[〕\])）】]第?\d{1,5}号$")
DATED = 30  # characters of a line that a date ends, with a signature before it or a seal's word behind
LONE_DATE = re.compile(
    r"^(?:19|20)\d{2}[年\-./]\d{1,2}[月\-./]\d{1,2}日?$|^[一二〇零○三四五六七八九]{4}年.{1,3}月.{1,3}日$"
)
OFFICE = re.compile(r"^[\u4e00-\u9fff]{4,24}(?:局|中心|办公室|管理处|委员会|管理所|医院|政府|大队)$")
LETTERHEAD = re.compile(r"(?:文件|\(通知\)|通知|公函)$")
UNLABELLED = 0.96
SHARED = 0.8  # other words stand on the line as well
TAIL = 12  # a signature stands among the last lines
HEAD = 8


def lone_date(tokens: Sequence[Token]) -> Candidate | None:
    """The last line that is nothing but a date."""
    for token in reversed(tokens):
        parsed = parse_date(token.text) if LONE_DATE.match(token.text) else None
        if parsed:
            return _candidate("formed_on", parsed.value, token, UNLABELLED)
    return None


def closing_date(tokens: Sequence[Token]) -> Candidate | None:
    """Alone on its line, behind its label, or in the last short line that has one: 某局 2026年3月5日（章）."""
    labelled = candidates("formed_on", tokens)
    found = lone_date(tokens) or (labelled[0] if labelled else None)
    if found:
        return found
    for token in reversed(tokens[-TAIL:]):
        parsed = parse_date(token.text) if len(token.text) <= DATED else None
        if parsed:
            return _candidate("formed_on", parsed.value, token, SHARED)
    return None


def official_number(tokens: Sequence[Token]) -> Candidate | None:
    """By its form among the first lines, brackets around it or not; else behind its label."""
    for token in tokens[:HEAD]:
        plain = token.text.strip("()")
        if OFFICIAL.match(plain):
            return _candidate("document_number", tidy_official(plain), token, UNLABELLED)
    labelled = candidates("document_number", tokens)
    return labelled[0] if labelled else None


def sender(tokens: Sequence[Token]) -> Candidate | None:
    """Who signed; surer when the head of the paper says the same."""
    heads = {LETTERHEAD.sub("", token.text) for token in tokens[:HEAD]}
    for token in reversed(tokens[-TAIL:]):
        if OFFICE.match(token.text):
            is_confirmed = token.text in heads
            return _candidate("responsible", token.text, token, 1.0 if is_confirmed else 0.9, is_proven=is_confirmed)
    for token in tokens[:HEAD]:
        name = LETTERHEAD.sub("", token.text)
        if OFFICE.match(name):
            return _candidate("responsible", name, token, 0.9)
    return None


def listed_institution(tokens: Sequence[Token]) -> Candidate | None:
    """A listed name standing by itself: as letterhead, as addressee, as signature."""
    for token in tokens:
        plain = token.text.strip(":;,。")
        if plain in institution_names():
            return _candidate("institution_name", institution_names()[plain].name, token, 1.0, is_proven=True)
    for token in tokens[:HEAD]:
        parsed = parse_institution(token.text)
        if parsed and parsed.sureness > 0.9:  # noqa: PLR2004 - nearly a listed name
            return _candidate("institution_name", parsed.value, token, parsed.sureness)
    return None


def lone_id(tokens: Sequence[Token]) -> Candidate | None:
    """A number with the right check digit that is the only one of its kind on the paper."""
    found = [(token, parsed) for token in tokens if (parsed := parse_id(token.text)) and parsed.is_proven]
    if len({parsed.value for _, parsed in found}) != 1:
        return None
    token, parsed = found[0]
    return _candidate("id_number", parsed.value, token, 0.9)


def bracketed_icd(diagnosis: Token, tokens: Sequence[Token]) -> Candidate | None:
    """The code printed behind the diagnosis: 原发性高血压（I10）."""
    near = [t for t in tokens if t.page == diagnosis.page and abs(t.middle - diagnosis.middle) <= diagnosis.height]
    for token in [diagnosis, *near]:
        inside = re.search(r"[\u4e00-\u9fff)][(\[]?([A-Z0-9]\d{2}(?:\.\d{1,3})?)[)\]]?$", token.text)
        parsed = parse_icd(inside.group(1)) if inside else None
        if parsed:
            confidence = token.confidence * parsed.sureness
            return _candidate("icd_code", parsed.value, token, confidence, is_proven=parsed.is_proven)
    return None


def _candidate(field: str, value: str | int, token: Token, sureness: float, *, is_proven: bool = False) -> Candidate:
    confidence = PROVEN if is_proven else min(token.confidence * sureness, PROVEN)
    return Candidate(field, value, round(confidence, 4), token, is_proven)
