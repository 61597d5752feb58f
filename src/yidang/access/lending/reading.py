"""What a borrower is shown: the page under its watermark, and the record to take along where that was allowed."""

from io import BytesIO

import pikepdf
from django.db import transaction
from reportlab.pdfgen.canvas import Canvas

from yidang.access.lending import watermark
from yidang.access.lending.models import Loan
from yidang.access.lending.queries import loan_for
from yidang.access.searchable_pdf import write_pdf
from yidang.holdings.models import Item
from yidang.holdings.showing import circumstances
from yidang.identity.policy import Grant, Permission
from yidang.kernel.errors import Conflict
from yidang.ledger.operations import append
from yidang.ledger.statements.paper.drawing import use_font

_INK = (0.69, 0.13, 0.13)
_SIZE = 14


@transaction.atomic
def lent_pdf(grant: Grant, item: Item) -> bytes:
    """The whole record, every page marked. Raises Conflict: `loan_without_download`."""
    grant.require(Permission.VIEW_RECORDS)
    loan = loan_for(grant, item)
    if loan is None or not loan.has_download:
        raise Conflict("loan_without_download")
    facts = circumstances(grant, item) | {"loan": loan.name, "reference_code": item.reference_code, "format": "pdf"}
    append(action="item.exported", actor=grant.actor, subject=item.pk, facts=facts)
    sink = BytesIO()
    write_pdf(item, sink)
    return _marked(sink.getvalue(), loan)


def _marked(pdf: bytes, loan: Loan) -> bytes:
    text = watermark.text_of(loan)
    sink = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        for page in opened.pages:
            box = page.mediabox
            size = (float(box[2]) - float(box[0]), float(box[3]) - float(box[1]))
            with pikepdf.open(BytesIO(_sheet(size, text))) as mark:
                page.add_overlay(mark.pages[0], pikepdf.Rectangle(box))
        opened.save(sink)
    return sink.getvalue()


def _sheet(size: tuple[float, float], text: str) -> bytes:
    sink = BytesIO()
    font = use_font()
    canvas = Canvas(sink, pagesize=size, initialFontName=font)
    canvas.setFillColorRGB(*_INK, alpha=0.28)
    canvas.setFont(font, _SIZE)
    for top in range(0, int(size[1]) + 1, 150):
        canvas.saveState()
        canvas.translate(20, top)
        canvas.rotate(24)
        canvas.drawString(0, 0, text)
        canvas.restoreState()
    canvas.save()
    return sink.getvalue()
