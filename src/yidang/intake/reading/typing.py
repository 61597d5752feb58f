"""What kind of document a text is: what its heading says, and what its words say."""

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from yidang.intake.reading.extraction.tokens import fold
from yidang.intake.reading.facts import Grid
from yidang.intake.reading.grams import count_grams

OTHER = "other"
HEAD_LINES = 7
LONGEST_HEADING = 36
AGREED = 0.97  # heading and words say the same
HEADING_ALONE = 0.85
WORDS_ALONE = 0.8
DISPUTED = 0.55
CLEAR = 0.5


def classify(texts: Sequence[str]) -> tuple[str, float]:
    """`texts`: the pages' texts in order, a line of the page per line. Returns (document type, confidence)."""
    heading = _by_heading(texts[0] if texts else "")
    words, chance = _by_words("\n".join(texts))
    if heading is None:
        return (words, round(chance * WORDS_ALONE, 4)) if chance >= CLEAR else (OTHER, round(1 - chance, 4) * CLEAR)
    if heading == words:
        return heading, round(max(AGREED, chance), 4)
    return heading, HEADING_ALONE if chance < CLEAR else DISPUTED


@cache
def _headings() -> tuple[tuple[str, re.Pattern[str]], ...]:
    source = files("yidang.intake.reading") / "data" / "headings.toml"
    table = tomllib.loads(source.read_text(encoding="utf-8"))["headings"]
    return tuple((kind, re.compile(pattern)) for kind, pattern in table.items())


def _by_heading(text: str) -> str | None:
    lines = [fold(line) for line in text.splitlines()]
    head = [line for line in lines if line][:HEAD_LINES]
    short = [line for line in head if len(line) <= LONGEST_HEADING and not _is_prose(line)]
    return next((kind for line in short for kind, pattern in _headings() if pattern.search(line)), None)


def _is_prose(line: str) -> bool:
    return any(mark in line for mark in ":,。;、")


@dataclass(frozen=True)
class Model:
    """Softmax over weighted character n-grams. `weights`: grams x kinds."""

    kinds: tuple[str, ...]
    places: dict[str, int]
    rarity: Grid
    weights: Grid
    bias: Grid

    def chances(self, text: str) -> Grid:
        """Per kind, in the order of `kinds`."""
        counts = {self.places[gram]: count for gram, count in count_grams(text).items() if gram in self.places}
        places = np.fromiter(counts, dtype=np.intp, count=len(counts))
        known = np.fromiter(counts.values(), dtype=np.float32, count=len(counts))
        vector = (1 + np.log(known)) * self.rarity[places]
        length = float(np.linalg.norm(vector))
        scores = (vector / length if length else vector) @ self.weights[places] + self.bias
        raised = np.exp(scores - scores.max())
        return np.asarray(raised / raised.sum())


@cache
def model() -> Model:
    source = files("yidang.intake.reading") / "data" / "types.npz"
    with source.open("rb") as file, np.load(file, allow_pickle=False) as stored:
        grams = str(stored["grams"]).split("\n")
        return Model(
            kinds=tuple(str(stored["kinds"]).split("\n")),
            places={gram: place for place, gram in enumerate(grams)},
            rarity=stored["rarity"].astype(np.float32),
            weights=stored["weights"].astype(np.float32),
            bias=stored["bias"].astype(np.float32),
        )


def _by_words(text: str) -> tuple[str, float]:
    if not text.strip():
        return OTHER, 0.0
    chances = model().chances(text)
    best = int(np.argmax(chances))
    return model().kinds[best], float(chances[best])
