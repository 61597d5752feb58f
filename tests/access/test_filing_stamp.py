"""归档章 over the first page: where it is clear, in what is shown and handed out, never in the original."""

from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from yidang.access.filing_stamp.placing import place
from yidang.access.filing_stamp.stamping import stamped_page, stamped_pdf
from yidang.access.page_images import page_image
from yidang.access.searchable_pdf import searchable_pdf
from yidang.holdings.operations import create_drafts
from yidang.holdings.printing.stamp import stamp_of
from yidang.identity.policy import SYSTEM
from yidang.kernel.errors import Conflict
from yidang.ledger.models import LedgerEntry
from yidang.preservation import repository

from .pictures import scan
from .records import archive, draft

A4 = (210, 297)


def red(jpeg: bytes) -> np.ndarray:
    """Where the picture is as red as a stamp."""
    dots = np.asarray(Image.open(BytesIO(jpeg)).convert("RGB")).astype(int)
    return (dots[:, :, 0] - dots[:, :, 1] > 60) & (dots[:, :, 0] > 120)


@pytest.fixture
def item(db, scheme):
    (made,) = archive(draft("参保登记表", series="DYMZ", data=scan()))
    return made


def test_its_cells_are_those_of_the_standard(item):
    stamp = stamp_of(item)
    assert stamp.upper == ("J001", "2026", "1")
    assert stamp.lower == ("门诊待遇核定", "10年", str(item.page_count))


def test_the_first_page_bears_it_at_its_head_and_no_other(item):
    dots = red(stamped_page(SYSTEM, item, 1, 800))
    rows, columns = np.nonzero(dots)
    assert len(rows) > 400
    assert rows.max() < dots.shape[0] / 5
    assert columns.min() > dots.shape[1] / 2  # the black square of the scan lies on the left
    assert not red(page_image(SYSTEM, item, 1, 800).jpeg()).any()
    assert LedgerEntry.objects.filter(action="page.viewed", subject=item.pk).count() == 2


def test_the_pdf_bears_it_and_the_original_does_not(item):
    before = repository.read_content(item.pk, "original/1")
    made = stamped_pdf(SYSTEM, item)
    (first, *_) = list(pypdfium2.PdfDocument(BytesIO(made)))
    drawn = BytesIO()
    first.render(scale=2).to_pil().convert("RGB").save(drawn, "JPEG")
    assert red(drawn.getvalue()).sum() > 400
    plain = BytesIO()
    searchable_pdf(SYSTEM, item, plain)
    with pikepdf.open(plain) as one, pikepdf.open(BytesIO(made)) as other:
        assert len(one.pages) == len(other.pages)
    assert repository.read_content(item.pk, "original/1") == before


def test_a_draft_has_none(db, scheme):
    (waiting,) = create_drafts(SYSTEM, [draft("草稿", data=scan())])
    with pytest.raises(Conflict, match="item_not_filed"):
        stamped_page(SYSTEM, waiting, 1, 800)


@given(st.integers(0, 6), st.integers(0, 2), st.floats(20, 900), st.floats(20, 900))
def test_it_stands_on_the_page_and_off_what_is_written(dark, row, wide, high):
    grey = np.full((566, 400), 255, dtype=np.uint8)
    grey[row * 20 : row * 20 + 40, dark * 50 : dark * 50 + 60] = 0
    box = place(grey, (wide, high))
    assert 0 <= box[0] < box[2] <= 1
    on_a4 = place(grey, A4)
    assert 0 <= on_a4[1] < on_a4[3] < 0.25
    part = grey[int(on_a4[1] * 566) : int(on_a4[3] * 566), int(on_a4[0] * 400) : int(on_a4[2] * 400)]
    assert (part < 160).mean() < 0.02


def test_where_all_is_written_it_takes_the_lightest_place():
    grey = np.zeros((566, 400), dtype=np.uint8)
    grey[:, :120] = 255
    box = place(grey, A4)
    assert box[0] < 0.2
