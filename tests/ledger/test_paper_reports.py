"""Reports on paper: whoever signs sees some of what is signed on the same sheet, and codes stand as written."""

from itertools import pairwise

import pypdfium2
import pytest
from reportlab.pdfbase import pdfmetrics

from yidang.ledger.statements.paper.drawing import FONT, use_font
from yidang.ledger.statements.paper.reports import Grid, report_pdf

CODE = "J001-ZY·YB·DYJS·2026·D30-{:06d}"


def pages(count: int) -> list[str]:
    rows = [(str(number), CODE.format(number)) for number in range(count)]
    made = report_pdf(title="Report", grids=[Grid(("No.", "Code"), rows, (20, 80))], signed_by=["Signed by"])
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(made)]


@pytest.mark.parametrize("count", range(38, 50))
def test_a_line_to_sign_never_stands_alone_and_no_row_is_lost(count):
    found = pages(count)
    assert "Signed by" in found[-1]
    assert "J001" in found[-1]
    text = "".join(found)
    places = [text.index(CODE.format(number)) for number in range(count)]
    assert all(first < second for first, second in pairwise(places))


def test_the_dot_of_a_reference_code_is_narrow():
    use_font()
    assert pdfmetrics.stringWidth("·", FONT, 10) < pdfmetrics.stringWidth("档", FONT, 10)
