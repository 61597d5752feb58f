"""One page: what it says and what it looks like."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from yidang.holdings.reading import PageReading
from yidang.intake.reading import ocr
from yidang.intake.reading.barcodes import find_barcodes
from yidang.intake.reading.blankness import looks_empty
from yidang.intake.reading.facts import PageFacts, Picture, Seal
from yidang.intake.reading.ocr import OcrEngine, Recognised
from yidang.intake.reading.ordering import in_reading_order, place
from yidang.intake.reading.orientation import rotation_of, turn
from yidang.intake.reading.pages import PageSource
from yidang.intake.reading.seals import find_seals, without_seals
from yidang.intake.reading.skew import skew_of
from yidang.intake.reading.variants import settle_variants

READ_AT = 3300  # pixels of the longer side at most: A4 at 280 dpi; more only costs time
DOUBTFUL = 0.5  # lines less sure than this are marks, not text


def read_page(source: PageSource, engine: OcrEngine | None = None) -> tuple[PageReading, PageFacts]:
    """Reads a page: its own text when it was born digital, else by recognition.

    Raises:
        Invalid: `file_damaged` when the page cannot be decoded, `page_too_large`.
    """
    own = source.own_lines()
    if own is not None:
        width, height = source.size
        return PageReading(lines=own), PageFacts(width, height, source.dpi, text_origin="born", confidence=1.0)
    return read_picture(source.render(READ_AT), source, engine or ocr.engine())


def read_picture(picture: Picture, source: PageSource, engine: OcrEngine) -> tuple[PageReading, PageFacts]:
    bleached, seals = _bleached(picture)
    quads = engine.find(bleached)
    rotation = rotation_of(engine, bleached, quads)
    upright = turn(picture, rotation)
    if rotation:
        bleached, seals = _bleached(upright)
        quads = engine.find(bleached)
    skew = skew_of(bleached, quads)
    results = engine.recognise(engine.cut(bleached, quads))
    height, width = upright.shape[:2]
    kept = [index for index, result in enumerate(results) if result.text and result.confidence >= DOUBTFUL]
    placed = place(quads[kept], _settled([results[index] for index in kept]), skew, width, height)
    reading = PageReading(lines=in_reading_order(placed))
    facts = PageFacts(
        *_upright_size(source.size, rotation),
        dpi=source.dpi,
        rotation=rotation,
        skew=skew,
        is_blank=not reading.lines and looks_empty(upright),
        seals=tuple(seals),
        barcodes=tuple(find_barcodes(upright)),
        text_origin="ocr" if reading.lines else "none",
        confidence=_confidence(reading),
    )
    return reading, facts


def _settled(results: Sequence[Recognised]) -> list[Recognised]:
    texts = settle_variants([result.text for result in results])
    return [replace(result, text=text) for result, text in zip(results, texts, strict=True)]


def _bleached(picture: Picture) -> tuple[Picture, list[Seal]]:
    seals = find_seals(picture)
    return without_seals(picture, seals), seals


def _upright_size(size: tuple[int, int], rotation: int) -> tuple[int, int]:
    return (size[1], size[0]) if rotation in {90, 270} else size


def _confidence(reading: PageReading) -> float | None:
    """Mean over characters."""
    if not reading.lines:
        return None
    weights = [len(line.text) for line in reading.lines]
    return round(float(np.average([line.confidence for line in reading.lines], weights=weights)), 4)
