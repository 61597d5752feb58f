"""What reading makes of drawn documents, counted: characters, types, fields, and how honest confidences are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from yidang.holdings.reading import PageReading
from yidang.intake.reading.extract import extract
from yidang.intake.reading.extraction.types import type_specs
from yidang.intake.reading.facts import PageFacts
from yidang.intake.reading.typing import classify
from yidang.intake.samples.scoring import Match, Score, compare, total, touches

SURE = 0.9


@dataclass
class Tally:
    """`characters` by group: clean, degraded, under seals. `missed` and `errors` are for a person to look at."""

    characters: dict[str, Score] = field(default_factory=dict)
    types: Counter[bool] = field(default_factory=Counter)
    fields: Counter[bool] = field(default_factory=Counter)
    sure_but_wrong: int = 0
    sure: int = 0
    rotations: Counter[bool] = field(default_factory=Counter)
    seals: Counter[bool] = field(default_factory=Counter)
    skew_errors: list[float] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def add_page(self, truth: Mapping[str, Any], reading: PageReading, facts: PageFacts) -> None:
        self.rotations[facts.rotation == truth["rotation"]] += 1
        self.skew_errors.append(abs(facts.skew - truth["skew"]))
        self.seals[len(facts.seals) == len(truth["seals"])] += 1
        lines = [(str(text), (x0, y0, x1, y1)) for text, x0, y0, x1, y1 in truth["lines"]]
        read = [(line.text, (line.box[0], line.box[1], line.box[2], line.box[3])) for line in reading.lines]
        ratio = facts.width / max(facts.height, 1)
        matches = compare(lines, read, skew=truth["skew"], ratio=ratio)
        stamped = [match for match in matches if any(touches(match.box, seal) for seal in truth["seals"])]
        self._count("under seals", stamped)
        self._count("degraded" if truth["wear"] else "clean", [match for match in matches if match not in stamped])

    def _count(self, group: str, matches: Sequence[Match]) -> None:
        self.characters[group] = self.characters.get(group, Score(0, 0)) + total(matches)
        self.errors += [f"{group}: {match.truth} → {match.read}" for match in matches if match.errors]

    def add_document(self, truth: Mapping[str, Any], readings: Sequence[PageReading]) -> None:
        kind, sureness = classify([reading.text() for reading in readings])
        self.types[kind == truth["type"]] += 1
        found = extract(kind, readings).fields
        for key, value in expected_fields(truth).items():
            got = found.get(key)
            is_right = got is not None and got.value == value
            self.fields[is_right] += 1
            is_sure = got is not None and (got.confidence or 0.0) >= SURE
            self.sure += is_sure
            self.sure_but_wrong += is_sure and not is_right
            if not is_right:
                told = f"{got.value} ({got.confidence})" if got else "nothing"
                self.missed.append(f"{truth['type']} {key}: {value} → {told}; type {kind} ({sureness})")


def expected_fields(truth: Mapping[str, Any]) -> dict[str, str | int]:
    """The drawn fields, and the title they make."""
    fields: dict[str, str | int] = dict(truth["fields"])
    subject = fields.get(type_specs()[truth["type"]].subject, "")
    return fields | {"title": f"{subject}{truth['heading']}"}


def share(counted: Mapping[bool, int]) -> float:
    whole = counted.get(True, 0) + counted.get(False, 0)
    return counted.get(True, 0) / whole if whole else 0.0
