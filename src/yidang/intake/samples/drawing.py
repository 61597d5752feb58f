"""Documents drawn and scanned: the common first half of the shipped batch, the bench and the training of types."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from yidang.intake.samples.forms import DRAWERS
from yidang.intake.samples.forms.kit import Drawn, Kit
from yidang.intake.samples.style import make_style
from yidang.intake.samples.wear import RECIPES, Scan, scan, wear_down

COLOURLESS = {"grey", "bilevel"}
YEARS = (2019, 2026)


@dataclass
class Document:
    drawn: Drawn
    scans: list[Scan]

    def truth(self) -> dict[str, Any]:
        return {
            "type": self.drawn.kind,
            "heading": self.drawn.heading,
            "fields": self.drawn.fields,
            "defects": self.drawn.defects,
            "pages": [page_truth(page) for page in self.scans],
        }


def page_truth(page: Scan) -> dict[str, Any]:
    """`lines`: text and box, as fractions of the upright page."""
    return {
        "rotation": page.rotation,
        "skew": page.skew,
        "wear": page.wear,
        "seals": [list(box) for box in page.seals],
        "lines": [[text, *box] for text, box in page.lines],
    }


def draw(kind: str, rng: Random, *, fonts: Path | None = None) -> Drawn:
    return DRAWERS[kind](Kit(rng, make_style(rng, fonts), rng.randrange(*YEARS)))


def scanned(drawn: Drawn, rng: Random, *, clean_share: float = 0.35) -> Document:
    """A seal scanned without colour hides what is below it for anyone, so sealed pages keep theirs."""
    steps: tuple[str, ...] = () if rng.random() < clean_share else rng.choice(RECIPES)
    scans = []
    for paper in drawn.pages:
        wanted = [step for step in steps if not (paper.seals and step in COLOURLESS)]
        scans.append(wear_down(scan(paper), rng, wanted))
    return Document(drawn, scans)


def documents(seed: int, count: int, *, fonts: Path | None = None, clean_share: float = 0.35) -> Iterator[Document]:
    """`count` documents of all kinds by turns. Another seed gives other people, layouts, words and wear."""
    kinds = list(DRAWERS)
    for number in range(count):
        rng = Random(f"{seed}/{number}")  # noqa: S311 - drawings, not secrets
        yield scanned(draw(kinds[number % len(kinds)], rng, fonts=fonts), rng, clean_share=clean_share)
