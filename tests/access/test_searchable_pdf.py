import shutil
import subprocess
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from yidang.access.pdf.glyphless import font_file
from yidang.access.searchable_pdf import searchable_pdf
from yidang.kernel.errors import Invalid, NotAllowed
from yidang.ledger.models import LedgerEntry

from .pictures import scan
from .records import ARCHIVIST, archive, draft, reader

pytestmark = pytest.mark.usefixtures("scheme")

TEXT = "参保人员登记表\n姓名 𠮷田，编号 A-12，药费 ㎎ 1,234.50 元\n高血压（二级）"


def made(*drafts):
    (item,) = archive(*drafts)
    sink = BytesIO()
    searchable_pdf(ARCHIVIST, item, sink)
    return sink.getvalue()


def plain(text):
    return "".join(text.split())


def test_chinese_copies_as_it_was_read():
    document = pypdfium2.PdfDocument(made(draft(TEXT, "第二页", data=scan())))
    assert len(document) == 2
    copied = document[0].get_textpage().get_text_bounded()
    assert plain(copied) == plain(TEXT)
    assert [line.strip() for line in copied.splitlines()] == TEXT.split("\n")


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed (apt: poppler-utils)")
def test_poppler_copies_the_same_and_sees_every_font_embedded(tmp_path):
    path = tmp_path / "out.pdf"
    path.write_bytes(made(draft(TEXT, data=scan())))
    copied = subprocess.run(["pdftotext", "-enc", "UTF-8", path, "-"], capture_output=True, check=True)
    assert plain(copied.stdout.decode()) == plain(TEXT)
    assert copied.stderr == b""
    fonts = subprocess.run(["pdffonts", path], capture_output=True, check=True, text=True).stdout.splitlines()[2:]
    assert [line.split()[-5:-2] for line in fonts] == [["yes", "no", "yes"]]


def test_words_stand_where_they_were_read():
    document = pypdfium2.PdfDocument(made(draft("甲乙丙丁", data=scan())))
    across, down = document[0].get_size()
    page = document[0].get_textpage()
    boxes = [page.get_charbox(n, loose=True) for n in range(4)]
    assert boxes[0][0] == pytest.approx(0.1 * across, abs=1)
    assert boxes[3][2] == pytest.approx(0.9 * across, abs=1)
    assert boxes[0][3] == pytest.approx((1 - 0.02) * down, abs=1)


def test_an_upright_jpeg_goes_in_untouched_and_a_turned_one_upright():
    original = scan()
    with pikepdf.open(BytesIO(made(draft("正文", data=original)))) as pdf:
        assert pdf.pages[0].Resources.XObject.Picture.read_raw_bytes() == original
        assert [round(float(edge)) for edge in pdf.pages[0].MediaBox] == [0, 0, 576, 815]
    with pikepdf.open(BytesIO(made(draft("正文", data=scan(turned=90), rotation=90)))) as pdf:
        assert int(pdf.pages[0].Resources.XObject.Picture.Width) == 800


def test_a_page_born_digital_is_kept():
    sink = BytesIO()
    canvas = Canvas(sink)
    canvas.drawString(100, 700, "born digital")
    canvas.save()
    pdf = made(draft("born digital", data=sink.getvalue(), media_type="application/pdf", origin="born"))
    document = pypdfium2.PdfDocument(pdf)
    assert document[0].get_textpage().get_text_bounded().strip() == "born digital"
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert "/XObject" not in opened.pages[0].Resources or not opened.pages[0].Resources.XObject


def test_a_column_of_old_paper_reads_downwards():
    from yidang.access.pdf.text_layer import WordsFont, words
    from yidang.holdings.reading import Line

    with pikepdf.Pdf.new() as pdf:
        content = words([Line("甲乙丙", [0.8, 0.1, 0.85, 0.5])], WordsFont(pdf), (600.0, 800.0))
    assert b" 0 -1 1 0 " in content.replace(b"Tz", b"")


def test_nothing_personal_stands_beside_the_pages():
    pdf = made(draft("正文", title="王小明登记表", data=scan()))
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Title"]).startswith("J001-ZY")


def test_permission_ledger_and_items_without_pages():
    (item,) = archive(draft("正文", data=scan()))
    with pytest.raises(NotAllowed):
        searchable_pdf(reader("cbg"), item, BytesIO())
    searchable_pdf(ARCHIVIST, item, BytesIO())
    assert LedgerEntry.objects.filter(action="item.exported", subject=item.pk).count() == 1
    (empty,) = archive(draft(title="录音", media_type="audio/wav"))
    with pytest.raises(Invalid) as refused:
        searchable_pdf(ARCHIVIST, empty, BytesIO())
    assert refused.value.code == "item_has_no_pages"


def test_the_font_is_a_font():
    from PIL import ImageFont

    assert ImageFont.truetype(BytesIO(font_file()), 20).getlength("  ") >= 0
