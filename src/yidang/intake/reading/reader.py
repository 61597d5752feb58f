"""One page: what it says and what it looks like."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from yidang.holdings.reading import PageReading
from yidang.intake.reading import ocr
from yidang.intake.reading.barcodes import find_barcodes
from yidang.intake.reading.blankness import looks_empty
from yidang.intake.reading.bleaching import bleached, lightly
from yidang.intake.reading.facts import PageFacts, Picture, Seal
from yidang.intake.reading.ocr import OcrEngine, Quads, Recognised
from yidang.intake.reading.ordering import in_reading_order, place
from yidang.intake.reading.orientation import rotation_of, turn
from yidang.intake.reading.pages import PageSource
from yidang.intake.reading.sealed_text import read_under_seals
from yidang.intake.reading.seals import find_seals
from yidang.intake.reading.skew import skew_of
from yidang.intake.reading.variants import mend_codes, settle_variants

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
    seals = find_seals(picture)
    clear = bleached(picture, seals, lightly)
    quads = engine.find(clear)
    rotation = rotation_of(engine, clear, quads)
    upright = turn(picture, rotation)
    if rotation:
        seals = find_seals(upright)
        clear = bleached(upright, seals, lightly)
        quads = engine.find(clear)
    skew = skew_of(clear, quads)
    results = _recognise(engine, upright, clear, seals, quads)
    reading = _reading(results, quads, skew, upright)
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


def _recognise(
    engine: OcrEngine, upright: Picture, clear: Picture, seals: Sequence[Seal], quads: Quads
) -> list[Recognised]:
    lines = engine.cut(clear, quads)
    sealed = read_under_seals(engine, upright, seals, quads, lines)
    free = [index for index in range(len(lines)) if index not in sealed]
    results = sealed | dict(zip(free, engine.recognise([lines[index] for index in free]), strict=True))
    return [results[index] for index in range(len(lines))]


def _reading(results: Sequence[Recognised], quads: Quads, skew: float, upright: Picture) -> PageReading:
    kept = [index for index, result in enumerate(results) if result.text and result.confidence >= DOUBTFUL]
    height, width = upright.shape[:2]
    placed = place(quads[kept], _settled([results[index] for index in kept]), skew, width, height)
    return mend_codes(PageReading(lines=in_reading_order(placed)))


def _settled(results: Sequence[Recognised]) -> list[Recognised]:
    texts = settle_variants([result.text for result in results])
    return [replace(result, text=text) for result, text in zip(results, texts, strict=True)]


def _upright_size(size: tuple[int, int], rotation: int) -> tuple[int, int]:
    return (size[1], size[0]) if rotation in {90, 270} else size


def _confidence(reading: PageReading) -> float | None:
    """Mean over characters."""
    if not reading.lines:
        return None
    weights = [len(line.text) for line in reading.lines]
    return round(float(np.average([line.confidence for line in reading.lines], weights=weights)), 4)
