"""The shipped batch: what a county's scanners would hand over on one day, with the truth beside it."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

from yidang.intake.samples import files, specials
from yidang.intake.samples.drawing import Document, draw, scanned
from yidang.intake.samples.forms import DRAWERS
from yidang.intake.samples.wear import Scan, coarsen

SINGLES = 99
CLEAN_SHARE = 0.3
QUALITY = 38
NAMES = {
    "enrolment_person": "enrol",
    "enrolment_unit": "unit",
    "settlement_list": "settle",
    "diagnosis_certificate": "diag",
    "chronic_application": "chronic",
    "remote_filing": "remote",
    "inspection_notice": "notice",
    "invoice": "invoice",
    "levy_assessment": "levy",
    "typed_letter": "letter",
    "other": "misc",
}


@dataclass
class Sample:
    """One file of the batch. `truth` is what stands in truth.json beside its name."""

    file: str
    content: bytes
    truth: dict[str, Any]


@dataclass
class Batch:
    """`extras`: files that are no records themselves, such as a catalogue."""

    samples: list[Sample] = field(default_factory=list)
    extras: list[Sample] = field(default_factory=list)

    @property
    def pages(self) -> int:
        return sum(page_count(sample.truth) for sample in self.samples)

    @property
    def size(self) -> int:
        return sum(len(sample.content) for sample in [*self.samples, *self.extras])


def page_count(truth: dict[str, Any]) -> int:
    members = truth.get("members")
    return sum(map(page_count, members)) if members else len(truth.get("pages", []))


def make_batch(seed: int, *, fonts: Path | None = None) -> Batch:
    batch = Batch()
    for number in range(SINGLES):
        batch.samples.append(_single(seed, number, fonts))
    batch.samples += specials.make(seed, fonts)
    batch.extras += specials.catalogue(batch.samples)
    return batch


def _single(seed: int, number: int, fonts: Path | None) -> Sample:
    rng = Random(f"{seed}/batch/{number}")  # noqa: S311 - drawings, not secrets
    kind = list(DRAWERS)[number % len(DRAWERS)]
    document = scanned(draw(kind, rng, fonts=fonts), rng, clean_share=CLEAN_SHARE)
    slim(document.scans, rng)
    suffix, content = _as_file(document, rng)
    day = f"2025{rng.randrange(1, 13):02d}{rng.randrange(1, 29):02d}"
    return Sample(f"{NAMES[kind]}/{NAMES[kind]}-{day}-{number:03d}.{suffix}", content, document.truth())


def slim(pages: Iterable[Scan], rng: Random) -> None:
    """Small files: coarser and squeezed harder, as far as text stays text."""
    for page in pages:
        page.quality = min(page.quality, QUALITY)
        if "bilevel" not in page.wear and page.dpi > 150:
            coarsen(page, rng)


def _as_file(document: Document, rng: Random) -> tuple[str, bytes]:
    pages = document.scans
    if len(pages) > 1:
        return ("tif", files.as_tiff(pages)) if rng.random() < 0.6 else ("pdf", files.as_scanned_pdf(pages))
    if "bilevel" in pages[0].wear:
        return "tif", files.as_tiff(pages)
    ways: Sequence[tuple[str, Callable[[], bytes]]] = (
        ("jpg", lambda: files.as_jpeg(pages[0])),
        ("jpg", lambda: files.as_jpeg(pages[0])),
        ("jpg", lambda: files.as_jpeg(pages[0])),
        ("jpg", lambda: files.as_jpeg(pages[0])),
        ("pdf", lambda: files.as_scanned_pdf(pages)),
        ("jp2", lambda: files.as_jp2(pages[0])),
        ("webp", lambda: files.as_webp(pages[0])),
    )
    if not pages[0].wear or pages[0].wear == ["dpi150"]:
        ways = [*ways, ("png", lambda: files.as_png(pages[0]))]  # noise makes a PNG ten times as large
    suffix, write = rng.choice(ways)
    return suffix, write()


def save(batch: Batch, target: Path, *, seed: int) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for sample in [*batch.samples, *batch.extras]:
        place = target / sample.file
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(sample.content)
    entries = [{"file": sample.file, **sample.truth} for sample in [*batch.samples, *batch.extras]]
    truth = {"version": 1, "seed": seed, "pages": batch.pages, "files": entries}
    text = json.dumps(truth, ensure_ascii=False, separators=(",", ":"))
    (target / "truth.json").write_text(text.replace('},{"file"', '},\n{"file"') + "\n", encoding="utf-8")
