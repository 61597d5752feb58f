"""How one office's papers look: fonts, inks, lines, and how it words its labels."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Literal

from yidang.intake.samples.fonts import Face, Look, available, with_look

Voice = Literal["title", "label", "value", "body", "small"]
Ink = tuple[int, int, int]

BLACKS: tuple[Ink, ...] = ((0, 0, 0), (20, 20, 20), (35, 35, 40))
VALUE_INKS: tuple[Ink, ...] = (*BLACKS, (20, 30, 110), (15, 20, 80))
LINE_INKS: tuple[Ink, ...] = ((0, 0, 0), (60, 60, 60), (0, 0, 0), (40, 90, 60), (90, 90, 90))
PAPERS: tuple[Ink, ...] = ((255, 255, 255), (255, 255, 255), (250, 250, 247))


@dataclass(frozen=True)
class Style:
    faces: Mapping[Voice, tuple[Face, Path]]
    inks: Mapping[Voice, Ink]
    line_ink: Ink
    line_width: float
    paper: Ink
    leading: float
    colon: str  # between label and value outside of tables
    spaced_labels: bool  # 姓　名 instead of 姓名


def make_style(rng: Random, folder: Path | None = None) -> Style:
    faces = available(folder)

    def pick(looks: tuple[Look, ...], *, bold: bool = False) -> tuple[Face, Path]:
        return rng.choice(with_look(faces, rng.choice(looks), bold=bold))

    label = pick(("song", "hei", "song"))
    value = label if rng.random() < 0.5 else pick(("song", "kai", "hei"))
    ink, value_ink = rng.choice(BLACKS), rng.choice(VALUE_INKS)
    return Style(
        faces={
            "title": pick(("song", "hei"), bold=True),
            "label": label,
            "value": value,
            "body": pick(("song", "song", "kai")),
            "small": label,
        },
        inks={"title": ink, "label": ink, "value": value_ink, "body": ink, "small": ink},
        line_ink=rng.choice(LINE_INKS),
        line_width=rng.choice((0.15, 0.2, 0.3)),
        paper=rng.choice(PAPERS),
        leading=rng.choice((1.55, 1.7, 1.85)),
        colon=rng.choice(("：", "：", ":")),
        spaced_labels=rng.random() < 0.25,
    )


def typewriter_style(rng: Random, folder: Path | None = None) -> Style:
    """Old office paper: one face for everything, greyish ink on yellowed stock."""
    face = rng.choice(with_look(available(folder), rng.choice(("song", "kai"))))
    ink: Ink = rng.choice(((40, 38, 36), (55, 50, 48), (25, 25, 30)))
    voices: tuple[Voice, ...] = ("title", "label", "value", "body", "small")
    return Style(
        faces=dict.fromkeys(voices, face),
        inks=dict.fromkeys(voices, ink),
        line_ink=ink,
        line_width=0.25,
        paper=rng.choice(((244, 238, 222), (248, 243, 232), (240, 236, 226))),
        leading=rng.choice((1.7, 1.9)),
        colon="：",
        spaced_labels=rng.random() < 0.4,
    )
