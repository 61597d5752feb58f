"""Pages of the shipped batch, read by the real engine."""

from io import BytesIO

import numpy as np
import pytest

from yidang.intake.reading import ocr
from yidang.intake.reading.orientation import turn
from yidang.intake.reading.pages import DOCX, load_pages
from yidang.intake.reading.reader import read_page
from yidang.intake.samples.scoring import compare, fold, total
from yidang.intake.samples.shipped import folder, shipped

MEDIA_TYPES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".jp2": "image/jp2",
    ".tif": "image/tiff",
    ".pdf": "application/pdf",
    ".ofd": "application/ofd",
    ".docx": DOCX,
}


def pages_of(name):
    place = folder() / name
    return load_pages(BytesIO(place.read_bytes()), MEDIA_TYPES[place.suffix])


def truth_of(name):
    return next(entry for entry, _ in shipped() if entry["file"] == name)


def error_rate(reading, facts, truth):
    lines = [(text, tuple(box)) for text, *box in truth["lines"]]
    read = [(line.text, tuple(line.box)) for line in reading.lines]
    return total(compare(lines, read, skew=truth["skew"], ratio=facts.width / facts.height)).rate


@pytest.mark.parametrize(
    "name",
    [
        "misc/misc-20250517-010.jpg",  # clean
        "diag/diag-20250827-003.pdf",  # on its side and leaning
        "enrol/enrol-20250517-044.jp2",  # on its head
        "chronic/chronic-20250414-026.jp2",  # on its other side
        "unit/unit-20250313-078.jpg",  # leaning, blurred, coarse, squeezed, a seal over the date
        "invoice/invoice-20251118-007.tif",  # black and white
    ],
)
def test_a_scan_is_turned_levelled_and_read(name):
    truth = truth_of(name)["pages"][0]
    reading, facts = read_page(pages_of(name)[0])
    assert facts.rotation == truth["rotation"]
    assert facts.skew == pytest.approx(truth["skew"], abs=0.3)
    assert len(facts.seals) == len(truth["seals"])
    assert facts.text_origin == "ocr"
    assert not facts.is_blank
    assert error_rate(reading, facts, truth) <= 0.01


def test_what_stands_under_a_seal_is_read_and_what_the_seal_says_is_not():
    reading, facts = read_page(pages_of("unit/unit-20250313-078.jpg")[0])
    text = fold(reading.text())
    assert facts.has_seal
    assert fold("登记日期：2020年11月14日") in text or fold("2020年11月14日") in text
    assert "专用章" not in text


def test_a_blank_back_is_blank_and_has_no_text():
    pages = pages_of("chronic/chronic-20250415-714.tif")
    reading, facts = read_page(pages[1])
    assert facts.is_blank
    assert facts.text_origin == "none"
    assert not reading.lines


def test_a_separator_sheet_shows_its_code():
    pages = pages_of("enrol/enrol-20251010-730.pdf")
    assert len(pages) == 5
    _, facts = read_page(pages[1])
    assert [code.value for code in facts.barcodes] == ["YIDANG:NEXT"]
    x0, y0, x1, y1 = facts.barcodes[0].box
    assert 0 < x0 < x1 < 1
    assert 0 < y0 < y1 < 1


@pytest.mark.parametrize("name", [entry["file"] for entry, _ in shipped() if entry["file"].startswith("born/")])
def test_born_digital_pages_need_no_recognition(name, monkeypatch):
    monkeypatch.setattr(ocr, "engine", lambda: pytest.fail("the engine was called"))
    pages = pages_of(name)
    for number, truth in enumerate(truth_of(name)["pages"]):
        reading, facts = read_page(pages[number])
        assert facts.text_origin == "born"
        assert error_rate(reading, facts, truth) == 0


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_turning_is_clockwise(degrees):
    picture = np.zeros((4, 6, 3), np.uint8)
    picture[0, 0] = 255  # upper left
    corner = {0: (0, 0), 90: (0, 3), 180: (3, 5), 270: (5, 0)}[degrees]
    assert turn(picture, degrees)[corner].all()


def test_no_package_that_reports_home_is_loaded():
    import sys

    read_page(pages_of("misc/misc-20250118-098.jpg")[0])
    assert sys.modules.get("openvino_telemetry") is None
